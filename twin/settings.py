"""Where data lives and who may come in: every setting, read from `TWIN_*` variables."""

from __future__ import annotations

from pathlib import Path

from pydantic import Field, SecretStr
from pydantic_settings import BaseSettings, SettingsConfigDict


class Settings(BaseSettings):
    """All settings, each as an environment variable `TWIN_<NAME>`."""

    model_config = SettingsConfigDict(env_prefix="TWIN_", extra="ignore")

    home: Path = Field(default=Path("data"), description="Folder that holds the database, artefacts and job files.")
    database_url: str = Field(default="", description="SQLAlchemy URL; empty means SQLite in the home folder.")
    jobs_url: str = Field(default="", description="DBOS system database; empty means SQLite in the home folder.")
    host: str = Field(default="127.0.0.1", description="Address the server binds to.")
    port: int = Field(default=8050, description="Port the server binds to.")
    admin_password: SecretStr | None = Field(default=None, description="Login of user 'admin'; needed off loopback.")
    secret_key: SecretStr | None = Field(default=None, description="Signs login sessions; needed off loopback.")
    component_folders: list[Path] = Field(default_factory=list, description="Folders with component types of your own.")
    data_dir: Path | None = Field(default=None, description="Folder with the public sensor logs (tests, rigs).")
    nightly_hour: int = Field(default=2, ge=0, le=23, description="Hour, site time, of the nightly recalibration.")

    @property
    def sqlalchemy_url(self) -> str:
        """The database's URL, SQLite in the home folder by default."""
        return self.database_url or f"sqlite:///{self.home.resolve() / 'plantwin.sqlite'}"

    @property
    def dbos_url(self) -> str:
        """The job queue's URL: its own file on SQLite, the same database on PostgreSQL."""
        if self.jobs_url:
            return self.jobs_url
        if self.database_url.startswith("postgresql"):
            return self.database_url.replace("postgresql+psycopg://", "postgresql://", 1)
        return f"sqlite:///{self.home.resolve() / 'jobs.sqlite'}"

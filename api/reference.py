"""The reference of the API as a page to read and try, from our own server: it works without internet."""

from __future__ import annotations

from importlib.resources import files

from fastapi import FastAPI, Request, Response
from fastapi.openapi.docs import get_swagger_ui_html
from fastapi.staticfiles import StaticFiles

ASSETS = str(files("fastapi_offline") / "static")
"""Swagger UI as that package ships it; of the package itself nothing is used."""


def install(app: FastAPI, path: str) -> None:
    """Serve the reference at `path` and what it is made of below it."""
    app.mount(f"{path}/assets", StaticFiles(directory=ASSETS), name="reference")

    @app.get(path, include_in_schema=False)
    def reference(request: Request) -> Response:
        root = request.scope.get("root_path", "")
        return get_swagger_ui_html(
            openapi_url=f"{root}{app.openapi_url}",
            title=f"{app.title} · HTTP API",
            swagger_js_url=f"{root}{path}/assets/swagger-ui-bundle.js",
            swagger_css_url=f"{root}{path}/assets/swagger-ui.css",
            swagger_favicon_url="data:,",
            swagger_ui_parameters={"validatorUrl": None, "defaultModelsExpandDepth": 0},
        )

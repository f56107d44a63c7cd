"""The login card: the browser itself posts user and password to the API, so that it keeps the session cookie."""

from __future__ import annotations

import dash
import dash_mantine_components as dmc
from dash import ClientsideFunction, Input, Output, State


def login() -> dmc.Center:
    """User, password and a button; a refusal shows its reason."""
    return dmc.Center(
        dmc.Paper(
            dmc.Stack(
                [
                    dmc.Title("Log in to Plantwin", order=3),
                    dmc.TextInput(id="login-user", label="User", value="admin"),
                    dmc.PasswordInput(id="login-password", label="Password"),
                    dmc.Text(id="login-refusal", c="red", size="sm"),
                    dmc.Button("Log in", id="login-submit"),
                ]
            ),
            withBorder=True,
            p="xl",
            w=360,
        ),
        mt=80,
    )


def register(board: dash.Dash) -> None:
    """Button or Enter posts the form from the browser (assets/login.js)."""
    board.clientside_callback(
        ClientsideFunction("plantwin", "login"),
        Output("login-refusal", "children"),
        Input("login-submit", "n_clicks"),
        Input("login-password", "n_submit"),
        State("login-user", "value"),
        State("login-password", "value"),
        prevent_initial_call=True,
    )

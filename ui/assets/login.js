// Posts user and password to the API; on success the page is loaded again with the session cookie set.
window.dash_clientside = window.dash_clientside || {};
window.dash_clientside.plantwin = {
  login: async function (clicks, submits, user, password) {
    if (!clicks && !submits) {
      return window.dash_clientside.no_update;
    }
    const answer = await fetch("/login", {
      method: "POST",
      credentials: "same-origin",
      headers: { "Content-Type": "application/json" },
      body: JSON.stringify({ user: user || "", password: password || "" }),
    });
    if (answer.ok) {
      window.location.reload();
      return "";
    }
    const problem = await answer.json().catch(() => ({}));
    return problem.detail || problem.title || "The login was refused (" + answer.status + ").";
  },
};

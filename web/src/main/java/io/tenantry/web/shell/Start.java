package io.tenantry.web.shell;

import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** The bare host: leads people to where they are at home, and strangers to the door. */
@WebServlet("")
public class Start extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient CurrentPerson me;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        response.sendRedirect(me.isSignedIn() ? me.getHome() : "/sign-in");
    }
}

package io.tenantry.people.mishap;

import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Objects;

/** Fails on request, {@code /brand/tests-mishap?of=503}: throws, throws as a page that was open for too long, or refuses with a status. */
@WebServlet(Mishap.PATH)
public class Mishap extends HttpServlet {
    /** Its path. */
    public static final String PATH = "/brand/tests-mishap";

    private static final long serialVersionUID = 1L;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var wanted = Objects.requireNonNullElse(request.getParameter("of"), "");
        switch (wanted) {
            case "500" -> throw new IllegalStateException("a rehearsal");
            case "expired" -> throw new ViewExpiredException("a rehearsal", PATH);
            default -> response.sendError(Integer.parseInt(wanted));
        }
    }
}

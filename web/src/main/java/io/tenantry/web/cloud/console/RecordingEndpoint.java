package io.tenantry.web.cloud.console;

import io.tenantry.cloud.recording.Recordings;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;

/** The lines of a recording, by POST: viewing one is recorded in the audit trail, so no link and no image of another page may trigger it. */
@WebServlet("/staff/recording-lines")
public class RecordingEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Recordings recordings;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        response.setHeader("Cache-Control", "no-store");
        var id = QueryParameters.id(request.getParameter("id"));
        if (id.isEmpty()) {
            response.sendError(HttpServletResponse.SC_BAD_REQUEST);
            return;
        }
        try {
            var lines = recordings.replay(id.get());
            if (lines.isEmpty()) {
                response.sendError(HttpServletResponse.SC_GONE);
                return;
            }
            response.setContentType("application/x-asciicast");
            response.setCharacterEncoding(StandardCharsets.UTF_8.name());
            response.getWriter().write(lines.get());
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}

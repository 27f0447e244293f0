package io.tenantry.web.documents.mail;

import io.tenantry.documents.mail.MailLog;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.QueryParameters;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/** An email as its recipient sees it, for a frame within our own page: it may render and load our images, and nothing else. */
@WebServlet("/staff/mail-preview")
public class MailPreview extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient MailLog mailLog;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var id =
                    QueryParameters.id(request.getParameter("id")).orElseThrow(() -> new NotFoundException("mail", ""));
            var html = mailLog.preview(id).html();
            response.setContentType("text/html;charset=UTF-8");
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("X-Frame-Options", "SAMEORIGIN");
            response.setHeader(
                    "Content-Security-Policy",
                    "default-src 'none'; base-uri 'none'; style-src-attr 'unsafe-inline'; img-src 'self'; frame-ancestors 'self'; sandbox");
            response.getWriter().write(html);
        } catch (NotFoundException missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}

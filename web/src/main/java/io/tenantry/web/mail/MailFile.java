package io.tenantry.web.mail;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.limits.HeavyWork;
import io.tenantry.limits.WorkLimits;
import io.tenantry.mail.Mails;
import io.tenantry.paper.DocumentFiles;
import io.tenantry.web.shell.Visit;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.stream.Stream;

/** What goes with a mail, as its reader gets it. */
@WebServlet("/staff/mail-file")
public class MailFile extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient WorkLimits limits;

    @Inject
    transient Mails mails;

    @Override
    protected void doGet(HttpServletRequest request, HttpServletResponse response) throws IOException {
        try {
            var id = Visit.id("mail", request.getParameter("id"));
            var name = request.getParameter("as");
            var format = Stream.of(DocumentFiles.Format.values())
                    .filter(one -> one.name().equals(name))
                    .findFirst()
                    .orElseThrow(() -> new NotVisible("file", id));
            var file = limits.within(HeavyWork.DOCUMENT, () -> mails.file(id, format));
            response.setContentType(file.mediaType());
            response.setContentLength(file.content().length);
            response.setHeader("Cache-Control", "no-store");
            response.setHeader("Content-Disposition", "attachment; filename=\"" + file.name() + "\"");
            response.getOutputStream().write(file.content());
        } catch (NotVisible missing) {
            response.sendError(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }
}

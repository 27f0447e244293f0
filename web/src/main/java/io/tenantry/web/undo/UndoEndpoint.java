package io.tenantry.web.undo;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.web.security.CurrentPerson;
import io.tenantry.web.shell.Fmt;
import io.tenantry.web.shell.Said;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The button <i>Undo</i> beside what was said to be done: a form of its own, by POST alone, that needs no script. It leads to the page on
 * which the result is seen, and what came of it is said there.
 */
@WebServlet({"/portal/undo", "/staff/undo", "/console/undo"})
public class UndoEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient Undos undos;

    @Inject
    transient Inverses inverses;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient Fmt fmt;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var step = undos.take(String.valueOf(request.getParameter("token")));
        try {
            var words = step.isEmpty() ? "undo.gone" : isBack(step.get()) ? "undo.done" : "undo.changed";
            var tone = words.equals("undo.done") ? "ok" : "warn";
            Said.next(request, new Said.Passing(tone, fmt.text(words), ""));
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", step.map(Step::path).orElse(me.getHome()));
        } catch (AccessDenied denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** What is not there any more has changed as well. */
    private boolean isBack(Step step) {
        try {
            return step.back(inverses);
        } catch (NotVisible gone) {
            return false;
        }
    }
}

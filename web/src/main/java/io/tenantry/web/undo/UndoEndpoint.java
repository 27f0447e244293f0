package io.tenantry.web.undo;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.web.layout.Format;
import io.tenantry.web.layout.PageMessages;
import io.tenantry.web.security.CurrentPerson;
import jakarta.inject.Inject;
import jakarta.servlet.annotation.WebServlet;
import jakarta.servlet.http.HttpServlet;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;

/**
 * The button <i>Undo</i> beside a confirmation: a separate form, by POST only, that needs no script. It redirects to the page that shows the
 * result, with a message about the outcome.
 */
@WebServlet({"/portal/undo", "/staff/undo", "/admin/undo"})
public class UndoEndpoint extends HttpServlet {
    private static final long serialVersionUID = 1L;

    @Inject
    transient UndoActions undoActions;

    @Inject
    transient UndoOperations undoOperations;

    @Inject
    transient CurrentPerson me;

    @Inject
    transient Format format;

    @Override
    protected void doPost(HttpServletRequest request, HttpServletResponse response) throws IOException {
        var step = undoActions.take(String.valueOf(request.getParameter("token")));
        try {
            var words = step.isEmpty() ? "undo.gone" : isBack(step.get()) ? "undo.done" : "undo.changed";
            var tone = words.equals("undo.done") ? "ok" : "warn";
            PageMessages.next(request, new PageMessages.ToastMessage(tone, format.text(words), ""));
            response.setStatus(HttpServletResponse.SC_SEE_OTHER);
            response.setHeader("Location", step.map(UndoAction::path).orElse(me.getHome()));
        } catch (AccessDeniedException denied) {
            response.sendError(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Reverts the action; a subject that no longer exists counts as changed. */
    private boolean isBack(UndoAction undoAction) {
        try {
            return undoAction.back(undoOperations);
        } catch (NotFoundException gone) {
            return false;
        }
    }
}

package io.tenantry.web.layout;

import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import jakarta.faces.application.FacesMessage;
import jakarta.faces.application.ViewExpiredException;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The outcomes of a page action: an error, a redirect, a message on the next page. */
public final class PageResult {
    private PageResult() {}

    /** Loads a page's data; responds with 404 or 403 if it may not be viewed. */
    public static void load(Runnable first) {
        try {
            first.run();
        } catch (NotFoundException missing) {
            end(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            end(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** Returns the id that a parameter names. */
    public static UUID id(String kind, @Nullable String text) {
        return QueryParameters.id(text).orElseThrow(() -> new NotFoundException(kind, "of that address"));
    }

    /** Redirects to another page, so that reloading it repeats nothing; does nothing if the response is already complete. */
    public static void go(String path) {
        var faces = FacesContext.getCurrentInstance();
        if (faces.getResponseComplete()) {
            return;
        }
        try {
            faces.getExternalContext().redirect(path);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    /**
     * Returns the data that a page loaded when it was opened.
     *
     * @throws ViewExpiredException if the session has discarded it, as it does with the oldest of many pages: the page was then open for too
     *     long
     */
    public static <T> T opened(@Nullable T found) {
        if (found == null) {
            throw new ViewExpiredException(
                    "the session no longer holds this page",
                    FacesContext.getCurrentInstance().getViewRoot().getViewId());
        }
        return found;
    }

    /** Redirects as {@link #go} does, and shows there what was done. */
    public static void go(String path, String done) {
        go(path, done, "");
    }

    /**
     * Redirects as {@link #go} does, and shows there what was done and that it can be undone.
     *
     * @param undo the undo token ({@code UndoActions.keep})
     */
    public static void go(String path, String done, String undo) {
        var request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        PageMessages.next(request, new PageMessages.ToastMessage("ok", done, undo));
        go(path);
    }

    /** Shows an error or result for the whole submission on this page. */
    public static void refuse(String text) {
        refuse(null, text);
    }

    /** Shows an error at a field. */
    public static void refuse(@Nullable String field, String text) {
        var faces = FacesContext.getCurrentInstance();
        faces.addMessage(field, new FacesMessage(FacesMessage.SEVERITY_ERROR, text, null));
        faces.validationFailed();
    }

    private static void end(int status) {
        var faces = FacesContext.getCurrentInstance();
        try {
            faces.getExternalContext().responseSendError(status, null);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
        faces.responseComplete();
    }
}

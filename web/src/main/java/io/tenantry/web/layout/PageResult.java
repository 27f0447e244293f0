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

/** What page classes do with the current visit: refuse it, go on elsewhere, say something there. */
public final class PageResult {
    private PageResult() {}

    /** Looks at what a page is about; what is not to be seen ends on the page for that. */
    public static void look(Runnable first) {
        try {
            first.run();
        } catch (NotFoundException missing) {
            end(HttpServletResponse.SC_NOT_FOUND);
        } catch (AccessDeniedException denied) {
            end(HttpServletResponse.SC_FORBIDDEN);
        }
    }

    /** The id that a parameter names. */
    public static UUID id(String kind, @Nullable String text) {
        return QueryParameters.id(text).orElseThrow(() -> new NotFoundException(kind, "of that address"));
    }

    /** Goes to another page, so that reloading it repeats nothing; what has been answered already stays answered. */
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
     * What a page found when it was opened.
     *
     * @throws ViewExpiredException if the session has forgotten it, as it does with the oldest of many pages: the page is then one that was open
     *     for too long
     */
    public static <T> T opened(@Nullable T found) {
        if (found == null) {
            throw new ViewExpiredException(
                    "the session has forgotten this page",
                    FacesContext.getCurrentInstance().getViewRoot().getViewId());
        }
        return found;
    }

    /** As {@link #go}, and says there what was done. */
    public static void go(String path, String done) {
        go(path, done, "");
    }

    /**
     * As {@link #go}, and says there what was done and that it can be undone.
     *
     * @param undo the token of the way back ({@code Undos.keep})
     */
    public static void go(String path, String done, String undo) {
        var request = (HttpServletRequest)
                FacesContext.getCurrentInstance().getExternalContext().getRequest();
        PageMessages.next(request, new PageMessages.Passing("ok", done, undo));
        go(path);
    }

    /** Says on this page what was done or what is wrong with the whole. */
    public static void refuse(String text) {
        refuse(null, text);
    }

    /** Says what is wrong with a field. */
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

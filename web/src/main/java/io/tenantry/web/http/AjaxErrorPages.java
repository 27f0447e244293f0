package io.tenantry.web.http;

import jakarta.faces.context.ExceptionHandler;
import jakarta.faces.context.ExceptionHandlerFactory;
import jakarta.faces.context.FacesContext;
import jakarta.servlet.http.HttpServletResponse;
import org.omnifaces.exceptionhandler.FullAjaxExceptionHandler;

/**
 * The error pages of Ajax requests, which are those of any other request: an error that is not the application's fault ({@link ErrorStatus}) is
 * neither presented nor logged as one.
 */
public class AjaxErrorPages extends FullAjaxExceptionHandler {
    /** The status that the page states, as the request itself has 200: its response is a part of a page. */
    static final String STATUS = "io.tenantry.error.status";

    public AjaxErrorPages(ExceptionHandler wrapped) {
        super(wrapped);
    }

    @Override
    protected String findErrorPageLocation(FacesContext faces, Throwable failure) {
        var status = ErrorStatus.status(failure);
        if (status.isEmpty()) {
            return super.findErrorPageLocation(faces, failure);
        }
        faces.getExternalContext().getRequestMap().put(STATUS, status.get());
        return page(status.get());
    }

    @Override
    protected void logException(FacesContext faces, Throwable failure, String location, LogReason reason) {
        if (ErrorStatus.status(failure).isEmpty()) {
            super.logException(faces, failure, location, reason);
        }
    }

    /** Returns the page that {@code web.xml} defines. */
    static String page(int status) {
        var name = switch (status) {
            case HttpServletResponse.SC_FORBIDDEN, HttpServletResponse.SC_NOT_FOUND -> Integer.toString(status);
            case HttpServletResponse.SC_CONFLICT -> "expired";
            default -> "other";
        };
        return "/WEB-INF/errorpages/" + name + ".xhtml";
    }

    /** A factory that creates a handler for each request. */
    public static class Factory extends ExceptionHandlerFactory {
        public Factory(ExceptionHandlerFactory wrapped) {
            super(wrapped);
        }

        @Override
        public ExceptionHandler getExceptionHandler() {
            return new AjaxErrorPages(getWrapped().getExceptionHandler());
        }
    }
}

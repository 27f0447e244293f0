package io.tenantry.web.edge;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.limits.TooMuchWork;
import io.tenantry.text.UnacceptableText;
import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.FilterChain;
import jakarta.servlet.RequestDispatcher;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpFilter;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * What is no fault of ours has a status of its own where the container would say 500: a form that was open for too long 409, a character that no
 * text may contain 400, a form about something that was removed meanwhile 404, one whose right was taken away 403, and more work than a reseller may
 * ask for at once 429.
 */
public class ErrorStatus extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Map<Class<? extends Throwable>, Integer> STATUS = Map.of(
            UnacceptableText.class, HttpServletResponse.SC_BAD_REQUEST,
            NotVisible.class, HttpServletResponse.SC_NOT_FOUND,
            AccessDenied.class, HttpServletResponse.SC_FORBIDDEN,
            TooMuchWork.class, TOO_MANY_REQUESTS);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (request.getDispatcherType() == DispatcherType.ERROR) {
            if (request.getAttribute(RequestDispatcher.ERROR_EXCEPTION) instanceof ViewExpiredException) {
                response.setStatus(HttpServletResponse.SC_CONFLICT);
            }
            chain.doFilter(request, response);
            return;
        }
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var status = status(failure);
            if (response.isCommitted() || status.isEmpty()) {
                throw failure;
            }
            causes(failure)
                    .filter(TooMuchWork.class::isInstance)
                    .map(TooMuchWork.class::cast)
                    .findFirst()
                    .ifPresent(
                            tooMuch -> response.setHeader("Retry-After", String.valueOf(tooMuch.retryAfterSeconds())));
            response.sendError(status.get());
        }
    }

    /** Not told to the container by an error page: PrimeFaces writes the names of those exceptions into every page. */
    private static Optional<Integer> status(Throwable failure) {
        return causes(failure)
                .flatMap(cause -> STATUS.entrySet().stream()
                        .filter(entry -> entry.getKey().isInstance(cause))
                        .map(Map.Entry::getValue))
                .findFirst();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

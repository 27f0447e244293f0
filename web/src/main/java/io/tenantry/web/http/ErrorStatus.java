package io.tenantry.web.http;

import io.tenantry.kernel.limits.LimitExceededException;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.TooManyLinksException;
import io.tenantry.text.UnacceptableText;
import jakarta.faces.application.ViewExpiredException;
import jakarta.servlet.FilterChain;
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
 * A filter that assigns a specific status to errors that are not the application's fault, where the container would respond with 500: 409 for a
 * form that was open for too long; 400 for a body that cannot be read, or 413 if it is too large; 400 for a character that no text may contain;
 * 404 for a form about something that was removed since, 403 for one whose permission was revoked, and 429 for more work than a reseller may
 * request at once.
 */
public class ErrorStatus extends HttpFilter {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final Map<Class<? extends Throwable>, Integer> STATUS = Map.of(
            ViewExpiredException.class, HttpServletResponse.SC_CONFLICT,
            UnacceptableText.class, HttpServletResponse.SC_BAD_REQUEST,
            NotFoundException.class, HttpServletResponse.SC_NOT_FOUND,
            AccessDeniedException.class, HttpServletResponse.SC_FORBIDDEN,
            LimitExceededException.class, TOO_MANY_REQUESTS,
            TooManyLinksException.class, TOO_MANY_REQUESTS);

    @Override
    protected void doFilter(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException failure) {
            var status = status(failure);
            if (response.isCommitted() || status.isEmpty()) {
                throw failure;
            }
            causes(failure)
                    .flatMap(ErrorStatus::seconds)
                    .findFirst()
                    .ifPresent(seconds -> response.setHeader("Retry-After", String.valueOf(seconds)));
            response.sendError(status.get());
        }
    }

    /** No error page contains the name of an exception: PrimeFaces would write that name into every page. */
    static Optional<Integer> status(Throwable failure) {
        return causes(failure).flatMap(ErrorStatus::statuses).findFirst();
    }

    private static Stream<Integer> statuses(Throwable cause) {
        return cause instanceof UnreadableBody body
                ? Stream.of(body.status())
                : STATUS.entrySet().stream()
                        .filter(entry -> entry.getKey().isInstance(cause))
                        .map(Map.Entry::getValue);
    }

    private static Stream<Long> seconds(Throwable cause) {
        if (cause instanceof TooManyLinksException tooMany) {
            return Stream.of(tooMany.retryAfterSeconds());
        }
        return cause instanceof LimitExceededException tooMuch
                ? Stream.of(tooMuch.retryAfterSeconds())
                : Stream.empty();
    }

    private static Stream<Throwable> causes(Throwable failure) {
        return Stream.iterate(failure, Objects::nonNull, Throwable::getCause);
    }
}

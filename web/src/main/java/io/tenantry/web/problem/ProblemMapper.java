package io.tenantry.web.problem;

import io.tenantry.cloud.provisioning.DeletionLockedException;
import io.tenantry.cloud.provisioning.InvalidStateException;
import io.tenantry.kernel.limits.LimitExceededException;
import io.tenantry.people.identity.AccessDeniedException;
import io.tenantry.people.identity.NotFoundException;
import io.tenantry.people.identity.TooManyLinksException;
import io.tenantry.text.UnacceptableText;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A mapper of exceptions to problems. Server errors are logged, and only their incident id is disclosed. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    private static final List<String> KEPT_HEADERS = List.of("Allow", "Retry-After", "WWW-Authenticate");

    @Inject
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        var cause = cause(failure);
        if (cause instanceof WebApplicationException framework) {
            return ofFramework(framework.getResponse());
        }
        var response = Response.fromResponse(problem(cause).response());
        retryAfterSeconds(cause).ifPresent(seconds -> response.header(HttpHeaders.RETRY_AFTER, seconds));
        return response.build();
    }

    private static OptionalLong retryAfterSeconds(Throwable cause) {
        if (cause instanceof LimitExceededException tooMuch) {
            return OptionalLong.of(tooMuch.retryAfterSeconds());
        }
        if (cause instanceof TooManyLinksException tooMany) {
            return OptionalLong.of(tooMany.retryAfterSeconds());
        }
        return cause instanceof ProblemException problemException
                ? problemException.retryAfter().stream()
                        .mapToLong(Duration::toSeconds)
                        .findFirst()
                : OptionalLong.empty();
    }

    private Problem problem(Throwable cause) {
        if (cause instanceof AccessDeniedException || cause instanceof EJBAccessException) {
            return of(ProblemType.ACCESS_DENIED, text(cause.getMessage(), "you do not have permission for this"));
        }
        if (cause instanceof NotFoundException) {
            // The same for what does not exist and for what others own: the message of the exception would differ.
            return of(ProblemType.NOT_FOUND, "this does not exist, or you do not have access to it");
        }
        if (cause instanceof ProblemException problemException) {
            var problem = of(
                    problemException.kind(),
                    text(problemException.getMessage(), problemException.kind().getTitle()));
            return problemException.errors().isEmpty() ? problem : problem.with(problemException.errors());
        }
        if (cause instanceof LimitExceededException) {
            return of(
                    ProblemType.RATE_LIMITED,
                    "too many of these requests are in progress; retry after the number of seconds in Retry-After");
        }
        if (cause instanceof TooManyLinksException tooMany) {
            return of(
                    ProblemType.RATE_LIMITED,
                    tooMany(tooMany.limit()) + "; retry after the number of seconds in Retry-After");
        }
        if (cause instanceof InvalidStateException) {
            return of(ProblemType.INVALID_STATE, text(cause.getMessage(), "not possible in the current state"));
        }
        if (cause instanceof DeletionLockedException) {
            return of(ProblemType.LOCKED, text(cause.getMessage(), "delete protection is enabled"));
        }
        if (cause instanceof ConstraintViolationException violation) {
            return of(ProblemType.INVALID_VALUE, violations(violation));
        }
        if (cause instanceof UnacceptableText refused) {
            return of(
                    ProblemType.INVALID_VALUE,
                    "a text contains " + refused.getMessage() + ", which is not allowed in text");
        }
        if (cause instanceof JsonbException || cause instanceof ProcessingException) {
            return of(ProblemType.UNREADABLE, "the body is not the expected JSON");
        }
        LOG.log(Level.ERROR, "request failed incident=" + Incident.idOf(request), cause);
        return of(ProblemType.INTERNAL_ERROR, "internal error; quote the incident when you contact us");
    }

    /**
     * Replaces responses generated by the framework, whose text names classes and libraries. Their headers (such as the allowed methods) are
     * kept, and so are responses that are not errors, such as the one to OPTIONS.
     */
    private Response ofFramework(Response answer) {
        var status = answer.getStatus();
        if (status < Response.Status.BAD_REQUEST.getStatusCode()) {
            return answer;
        }
        var problem = Problem.ofStatus(status, Incident.idOf(request));
        if (status >= Response.Status.INTERNAL_SERVER_ERROR.getStatusCode()) {
            LOG.log(Level.ERROR, "request answered with {0} incident={1}", status, Incident.idOf(request));
        }
        var response = Response.fromResponse(problem.response());
        for (var name : KEPT_HEADERS) {
            var value = answer.getHeaderString(name);
            if (value != null) {
                response.header(name, value);
            }
        }
        return response.build();
    }

    private static String tooMany(TooManyLinksException.Limit limit) {
        return switch (limit) {
            case PERSON -> "a link was sent to this person less than five minutes ago";
            case ORGANIZATION -> "the organization has sent too many invitations in the last hour";
            case RESELLER -> "too many invitations were sent in the last hour";
        };
    }

    private Problem of(ProblemType problemType, String detail) {
        return Problem.of(problemType, detail, Incident.idOf(request));
    }

    /** Returns the root cause of a failed request: the framework and the container wrap exceptions. */
    private static Throwable cause(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof ProblemException
                    || next instanceof NotFoundException
                    || next instanceof UnacceptableText) {
                return next;
            }
        }
        var next = failure.getCause();
        return failure instanceof EJBException && !(failure instanceof EJBAccessException) && next != null
                ? cause(next)
                : failure;
    }

    private static String violations(ConstraintViolationException violation) {
        return violation.getConstraintViolations().stream()
                .map(it -> it.getPropertyPath() + " " + it.getMessage())
                .sorted()
                .collect(Collectors.joining("; "));
    }

    private static String text(@Nullable String message, String otherwise) {
        return message == null || message.isBlank() ? otherwise : message;
    }
}

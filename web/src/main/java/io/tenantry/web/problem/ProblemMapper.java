package io.tenantry.web.problem;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.identity.TooManyLinks;
import io.tenantry.limits.TooMuchWork;
import io.tenantry.provisioning.ServiceLocked;
import io.tenantry.provisioning.WrongState;
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

/** Turns what a request ended with into a problem. Faults of ours are logged and told by their incident id only. */
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
        if (cause instanceof TooMuchWork tooMuch) {
            return OptionalLong.of(tooMuch.retryAfterSeconds());
        }
        if (cause instanceof TooManyLinks tooMany) {
            return OptionalLong.of(tooMany.retryAfterSeconds());
        }
        return cause instanceof Refused refused
                ? refused.retryAfter().stream().mapToLong(Duration::toSeconds).findFirst()
                : OptionalLong.empty();
    }

    private Problem problem(Throwable cause) {
        if (cause instanceof AccessDenied || cause instanceof EJBAccessException) {
            return of(Kind.ACCESS_DENIED, text(cause.getMessage(), "you may not do this"));
        }
        if (cause instanceof NotVisible) {
            return of(Kind.NOT_FOUND, text(cause.getMessage(), "there is nothing here"));
        }
        if (cause instanceof Refused refused) {
            var problem =
                    of(refused.kind(), text(refused.getMessage(), refused.kind().getTitle()));
            return refused.errors().isEmpty() ? problem : problem.with(refused.errors());
        }
        if (cause instanceof TooMuchWork) {
            return of(
                    Kind.RATE_LIMITED,
                    "several of these are already being prepared; send the request again after the seconds in Retry-After");
        }
        if (cause instanceof TooManyLinks tooMany) {
            return of(
                    Kind.RATE_LIMITED,
                    tooMany(tooMany.limit()) + "; send the request again after the seconds in Retry-After");
        }
        if (cause instanceof WrongState) {
            return of(Kind.WRONG_STATE, text(cause.getMessage(), "not possible in this state"));
        }
        if (cause instanceof ServiceLocked) {
            return of(Kind.LOCKED, text(cause.getMessage(), "it is locked"));
        }
        if (cause instanceof ConstraintViolationException violation) {
            return of(Kind.BAD_VALUE, violations(violation));
        }
        if (cause instanceof UnacceptableText refused) {
            return of(Kind.BAD_VALUE, "a text contains " + refused.getMessage() + ", which no text may contain");
        }
        if (cause instanceof JsonbException || cause instanceof ProcessingException) {
            return of(Kind.UNREADABLE, "the body is not the JSON that is expected here");
        }
        LOG.log(Level.ERROR, "request failed incident=" + Incident.idOf(request), cause);
        return of(Kind.OUR_FAULT, "this did not work; please quote the incident when you ask us");
    }

    /**
     * What the framework answers by itself, in our words: its own name classes and libraries. What it adds in headers (the methods that are
     * allowed) stays, and so does what is no error, such as the answer to OPTIONS.
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

    private static String tooMany(TooManyLinks.Limit limit) {
        return switch (limit) {
            case PERSON -> "this person was sent a link a moment ago";
            case ORGANIZATION -> "the organization has invited too many people in the last hour";
            case RESELLER -> "too many people were invited in the last hour";
        };
    }

    private Problem of(Kind kind, String detail) {
        return Problem.of(kind, detail, Incident.idOf(request));
    }

    /** What a request really ended with: the framework and the container wrap what is thrown. */
    private static Throwable cause(Throwable failure) {
        for (Throwable next = failure; next != null; next = next.getCause()) {
            if (next instanceof Refused || next instanceof NotVisible || next instanceof UnacceptableText) {
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

package io.tenantry.web.problem;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
import io.tenantry.provisioning.ServiceLocked;
import io.tenantry.provisioning.WrongState;
import jakarta.ejb.EJBAccessException;
import jakarta.ejb.EJBException;
import jakarta.inject.Inject;
import jakarta.json.bind.JsonbException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.ProcessingException;
import jakarta.ws.rs.WebApplicationException;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.ext.ExceptionMapper;
import jakarta.ws.rs.ext.Provider;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Turns what a request ended with into a problem. Faults of ours are logged and told by their incident id only. */
@Provider
public class ProblemMapper implements ExceptionMapper<Throwable> {
    private static final Logger LOG = System.getLogger(ProblemMapper.class.getName());

    @Inject
    HttpServletRequest request;

    @Override
    public Response toResponse(Throwable failure) {
        return problem(cause(failure)).response();
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
        if (cause instanceof WrongState) {
            return of(Kind.WRONG_STATE, text(cause.getMessage(), "not possible in this state"));
        }
        if (cause instanceof ServiceLocked) {
            return of(Kind.LOCKED, text(cause.getMessage(), "it is locked"));
        }
        if (cause instanceof ConstraintViolationException violation) {
            return of(Kind.BAD_VALUE, violations(violation));
        }
        if (cause instanceof JsonbException || cause instanceof ProcessingException) {
            return of(Kind.UNREADABLE, "the body is not the JSON that is expected here");
        }
        if (cause instanceof WebApplicationException refused) {
            var status = refused.getResponse().getStatus();
            return Problem.ofStatus(
                    status, reason(refused), text(refused.getMessage(), reason(refused)), Incident.idOf(request));
        }
        LOG.log(Level.ERROR, "request failed incident=" + Incident.idOf(request), cause);
        return of(Kind.OUR_FAULT, "this did not work; please quote the incident when you ask us");
    }

    private Problem of(Kind kind, String detail) {
        return Problem.of(kind, detail, Incident.idOf(request));
    }

    private static Throwable cause(Throwable failure) {
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

    private static String reason(WebApplicationException refused) {
        return refused.getResponse().getStatusInfo().getReasonPhrase();
    }

    private static String text(@Nullable String message, String otherwise) {
        return message == null || message.isBlank() ? otherwise : message;
    }
}

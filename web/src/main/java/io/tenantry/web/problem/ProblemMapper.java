package io.tenantry.web.problem;

import io.tenantry.identity.AccessDenied;
import io.tenantry.identity.NotVisible;
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
            return of(403, AccessDenied.CODE, "Not allowed", text(cause.getMessage(), "you may not do this"));
        }
        if (cause instanceof NotVisible) {
            return of(404, NotVisible.CODE, "Not found", text(cause.getMessage(), "there is nothing here"));
        }
        if (cause instanceof Refused refused) {
            var problem =
                    of(refused.status(), refused.code(), refused.title(), text(refused.getMessage(), refused.title()));
            return refused.errors().isEmpty() ? problem : problem.with(refused.errors());
        }
        if (cause instanceof WrongState) {
            return of(409, "wrong_state", "Wrong state", text(cause.getMessage(), "not possible in this state"));
        }
        if (cause instanceof ConstraintViolationException violation) {
            return of(422, "bad_value", "Bad value", violations(violation));
        }
        if (cause instanceof JsonbException || cause instanceof ProcessingException) {
            return of(400, "unreadable", "Not readable", "the body is not the JSON that is expected here");
        }
        if (cause instanceof WebApplicationException refused) {
            var status = refused.getResponse().getStatus();
            return of(status, "http_" + status, reason(refused), text(refused.getMessage(), reason(refused)));
        }
        LOG.log(Level.ERROR, "request failed incident=" + Incident.idOf(request), cause);
        return of(500, "our_fault", "Our fault", "this did not work; please quote the incident when you ask us");
    }

    private Problem of(int status, String code, String title, String detail) {
        return Problem.of(status, code, title, detail, Incident.idOf(request));
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

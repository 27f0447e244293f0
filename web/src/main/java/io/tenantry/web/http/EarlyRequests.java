package io.tenantry.web.http;

import io.tenantry.health.Readiness;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.AttachmentKey;
import io.undertow.util.Headers;
import io.undertow.util.StatusCodes;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;

/**
 * An extension that responds with 503 to every request while schemas are migrated, and reports at {@link Health#PATH} what the node is doing:
 * the web application is deployed by then, but the server responds with 500 to every request until the beans that start with the application
 * have started. The same applies while the application ends, for instance because its archive is replaced: requests that it was processing fail
 * then, and are to be repeated.
 */
public class EarlyRequests implements ServletExtension {
    private static final String RETRY_SECONDS = "10";

    /** Marks requests that the server has admitted. */
    private static final AttachmentKey<Boolean> LET_IN = AttachmentKey.create(Boolean.class);

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var readiness = CDI.current().select(Readiness.class).get();
        deployment.addInitialHandlerChainWrapper(next -> before(readiness, next));
        deployment.addOuterHandlerChainWrapper(EarlyRequests::after);
    }

    /** Returns the handler in front of the server's handler that rejects requests. */
    static HttpHandler before(Readiness readiness, HttpHandler next) {
        return exchange -> {
            exchange.addDefaultResponseListener(answered -> isAnswered(readiness, answered));
            exchange.addResponseCommitListener(answered -> excuse(readiness, answered));
            if (hasReadableCookies(exchange)) {
                next.handleRequest(exchange);
            } else {
                EarlyAnswer.TOO_MANY_COOKIES.handleRequest(exchange);
            }
        };
    }

    /** More cookies than the listener's {@code max-cookies} would fail wherever one is looked for, even on the error page. */
    private static boolean hasReadableCookies(HttpServerExchange exchange) {
        try {
            exchange.requestCookies();
            return true;
        } catch (IllegalStateException tooMany) {
            return false;
        }
    }

    /** Returns the handler behind it. */
    static HttpHandler after(HttpHandler next) {
        return exchange -> {
            exchange.putAttachment(LET_IN, true);
            next.handleRequest(exchange);
        };
    }

    /** Handles a response that has no body yet. */
    private static boolean isAnswered(Readiness readiness, HttpServerExchange exchange) {
        if (exchange.getStatusCode() != StatusCodes.INTERNAL_SERVER_ERROR || exchange.getAttachment(LET_IN) != null) {
            return false;
        }
        unavailable(exchange);
        if (!exchange.getRequestPath().equals(Health.PATH)) {
            return false;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Health.TYPE);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, Health.CACHING);
        exchange.getResponseSender().send(Health.state(readiness, false));
        return true;
    }

    /** Changes the status of a failure that is due to the start or the end of the application. */
    private static void excuse(Readiness readiness, HttpServerExchange exchange) {
        if (exchange.getStatusCode() == StatusCodes.INTERNAL_SERVER_ERROR && !isReady(readiness)) {
            unavailable(exchange);
        }
    }

    private static boolean isReady(Readiness readiness) {
        try {
            return readiness.isReady();
        } catch (RuntimeException ended) {
            return false; // The container of the bean has ended before the request.
        }
    }

    private static void unavailable(HttpServerExchange exchange) {
        exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
        exchange.getResponseHeaders().put(Headers.RETRY_AFTER, RETRY_SECONDS);
    }
}

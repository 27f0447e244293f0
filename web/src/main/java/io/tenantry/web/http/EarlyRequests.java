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
 * have started.
 */
public class EarlyRequests implements ServletExtension {
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
            next.handleRequest(exchange);
        };
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
        exchange.setStatusCode(StatusCodes.SERVICE_UNAVAILABLE);
        if (!exchange.getRequestPath().equals(Health.PATH)) {
            return false;
        }
        exchange.getResponseHeaders().put(Headers.CONTENT_TYPE, Health.TYPE);
        exchange.getResponseHeaders().put(Headers.CACHE_CONTROL, Health.CACHING);
        exchange.getResponseSender().send(Health.state(readiness, false));
        return true;
    }
}

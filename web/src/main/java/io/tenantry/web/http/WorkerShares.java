package io.tenantry.web.http;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.TenantDirectory;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.Headers;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * An extension that divides the node's workers among resellers ({@link WorkerTurns}). Follows {@link BodyDeadlines} in handling a request: what
 * still arrives takes no worker.
 */
public class WorkerShares implements ServletExtension {
    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var directory = CDI.current().select(TenantDirectory.class).get();
        var platformHost = new Settings().platformHost();
        deployment.addInitialHandlerChainWrapper(next ->
                new WorkerTurns(next, exchange -> holder(exchange, directory, platformHost), WorkerTurns.LIMITS));
    }

    private static String holder(HttpServerExchange exchange, TenantDirectory directory, String platformHost) {
        var host = host(exchange.getRequestHeaders().getFirst(Headers.HOST));
        if (host.equals(platformHost)) {
            return WorkerTurns.PLATFORM;
        }
        return directory.known(host).map(Object::toString).orElse(WorkerTurns.NOBODY);
    }

    /** Returns the host without port and final dot; of a malformed one, a name that is nobody's. */
    static String host(@Nullable String header) {
        var name = header == null ? "" : header.strip().toLowerCase(Locale.ROOT);
        var port = name.indexOf(':');
        var host = port < 0 ? name : name.substring(0, port);
        return host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
    }
}

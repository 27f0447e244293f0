package io.tenantry.web.http;

import io.tenantry.config.Settings;
import io.tenantry.tenancy.TenantDirectory;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.enterprise.inject.spi.CDI;
import jakarta.servlet.ServletContext;
import java.util.Locale;

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
        var name = exchange.getHostName().toLowerCase(Locale.ROOT);
        var host = name.endsWith(".") ? name.substring(0, name.length() - 1) : name;
        if (host.equals(platformHost)) {
            return WorkerTurns.PLATFORM;
        }
        return directory.known(host).map(Object::toString).orElse(WorkerTurns.NOBODY);
    }
}

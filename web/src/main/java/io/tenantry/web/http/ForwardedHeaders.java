package io.tenantry.web.http;

import io.tenantry.config.Settings;
import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.util.HeaderMap;
import io.undertow.util.HttpString;
import jakarta.servlet.ServletContext;
import java.net.InetSocketAddress;
import java.util.List;

/**
 * An extension that sets the client's address of every request before any code of the application or of the container reads it. Undertow's own
 * {@code proxy-address-forwarding} trusts every peer, the first address, and a host; it stays disabled. Of these handlers the one that is added
 * last runs first.
 */
public class ForwardedHeaders implements ServletExtension {
    private static final HttpString FOR = HttpString.tryFromString("X-Forwarded-For");
    private static final HttpString PROTO = HttpString.tryFromString("X-Forwarded-Proto");

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var proxies = new Settings().proxies();
        if (!proxies.isEmpty()) {
            var forwarded = new Forwarded(proxies);
            deployment.addInitialHandlerChainWrapper(next -> handler(forwarded, next));
        }
    }

    private static HttpHandler handler(Forwarded forwarded, HttpHandler next) {
        return exchange -> {
            believe(forwarded, exchange);
            next.handleRequest(exchange);
        };
    }

    private static void believe(Forwarded forwarded, HttpServerExchange exchange) {
        var peer = exchange.getSourceAddress();
        if (peer == null || peer.getAddress() == null || !forwarded.isBelieved(peer.getAddress())) {
            return;
        }
        var client = forwarded.client(peer.getAddress(), values(exchange.getRequestHeaders(), FOR));
        exchange.setSourceAddress(new InetSocketAddress(client, 0));
        if (Forwarded.isSecure(values(exchange.getRequestHeaders(), PROTO))) {
            exchange.setRequestScheme("https");
        }
    }

    private static List<String> values(HeaderMap headers, HttpString name) {
        var values = headers.get(name);
        return values == null ? List.of() : List.copyOf(values);
    }
}

package io.tenantry.web.http;

import io.undertow.server.HttpHandler;
import io.undertow.server.HttpServerExchange;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import io.undertow.servlet.handlers.ServletRequestContext;
import io.undertow.util.AttachmentKey;
import jakarta.servlet.ServletContext;
import java.util.HashSet;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * An extension that keeps the container from redirecting to the folders of the archive. It would do so before any listener or filter, to
 * whatever host a client sent, even to one that is nobody's. The request is handled as one for the folder, by all filters, and {@link Folders}
 * redirects it.
 */
public class FolderRequests implements ServletExtension {
    private static final AttachmentKey<String> FOLDER = AttachmentKey.create(String.class);

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        deployment.addInitialHandlerChainWrapper(next -> {
            var folders = new HashSet<String>();
            collect(context, "/", folders);
            return handler(Set.copyOf(folders), next);
        });
    }

    /** Returns the path with its slash if the current request is for a folder without it. */
    static Optional<String> current() {
        return Optional.ofNullable(ServletRequestContext.current())
                .map(request -> request.getExchange().getAttachment(FOLDER));
    }

    /**
     * Returns the handler in front of the container's.
     *
     * @param folders paths that start and end with a slash
     */
    static HttpHandler handler(Set<String> folders, HttpHandler next) {
        return exchange -> {
            complete(folders, exchange);
            next.handleRequest(exchange);
        };
    }

    private static void complete(Set<String> folders, HttpServerExchange exchange) {
        var folder = exchange.getRelativePath().replaceAll("/{2,}", "/") + "/";
        if (!exchange.getRelativePath().endsWith("/") && folders.contains(folder)) {
            exchange.putAttachment(FOLDER, folder);
            exchange.setRelativePath(folder);
        }
    }

    /** A folder beside the page of the same name is no address: the page is. */
    private static void collect(ServletContext context, String parent, Set<String> found) {
        var paths = Objects.requireNonNullElse(context.getResourcePaths(parent), Set.<String>of());
        for (var path : paths) {
            if (path.endsWith("/")) {
                if (!paths.contains(path.replaceAll("/$", ".xhtml"))) {
                    found.add(path);
                }
                collect(context, path, found);
            }
        }
    }
}

package io.tenantry.web.http;

import io.tenantry.config.Settings;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/**
 * An extension that gives every request's body a deadline, and a worker only when the body has arrived. Precedes {@link ForwardedHeaders} in
 * the list of extensions.
 */
public class BodyDeadlines implements ServletExtension {
    /** Equals the listeners' {@code max-post-size} in install.cli. */
    private static final long BYTES_MAX = 4 * 1024 * 1024;

    private static final long MEMORY_MAX = 64 * 1024 * 1024;
    private static final int MEMORY_PART = 8;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var deadline = new BodyDeadline(new Settings().bodyTimeout(), BYTES_MAX);
        // Buffers are direct memory, whose limit is the size of the heap.
        var memory = Math.min(MEMORY_MAX, Runtime.getRuntime().maxMemory() / MEMORY_PART);
        deployment.addInitialHandlerChainWrapper(next -> deadline.around(new BodyBuffers(next, deadline, memory)));
    }
}

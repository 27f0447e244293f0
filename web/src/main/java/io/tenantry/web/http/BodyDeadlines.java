package io.tenantry.web.http;

import io.tenantry.config.Settings;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Gives every request's body a deadline, and a worker only when it is there. Comes before {@link ForwardedHeaders} in the list of extensions. */
public class BodyDeadlines implements ServletExtension {
    /** As the listeners' {@code max-post-size} in install.cli. */
    private static final long BYTES_MAX = 4 * 1024 * 1024;

    private static final long MEMORY_MAX = 64 * 1024 * 1024;
    private static final int MEMORY_PART = 8;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var deadline = new BodyDeadline(new Settings().bodyTimeout(), BYTES_MAX);
        // Buffers are direct memory, of which the machine gives as much as of the heap.
        var memory = Math.min(MEMORY_MAX, Runtime.getRuntime().maxMemory() / MEMORY_PART);
        deployment.addInitialHandlerChainWrapper(next -> deadline.around(new BodyBuffers(next, deadline, memory)));
    }
}

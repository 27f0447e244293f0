package io.tenantry.web.edge;

import io.tenantry.config.Settings;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Gives every request's body a deadline, and lets only some large ones in at once. */
public class BodyDeadlines implements ServletExtension {
    /** As the listeners' {@code max-post-size} in install.cli. */
    private static final long BYTES_MAX = 4 * 1024 * 1024;

    private static final int OF_ONE_NETWORK = 8;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var deadline = new BodyDeadline(new Settings().bodyTimeout(), BYTES_MAX);
        var admission = new BodyAdmission(deadline::allowed, OF_ONE_NETWORK);
        deployment.addInitialHandlerChainWrapper(admission::buffering);
        // The last one that is added is asked first.
        deployment.addOuterHandlerChainWrapper(deadline::around);
        deployment.addOuterHandlerChainWrapper(admission::counting);
    }
}

package io.tenantry.web.edge;

import io.tenantry.config.Settings;
import io.undertow.servlet.ServletExtension;
import io.undertow.servlet.api.DeploymentInfo;
import jakarta.servlet.ServletContext;

/** Gives every request's body a deadline. */
public class BodyDeadlines implements ServletExtension {
    /** As the listeners' {@code max-post-size} in install.cli. */
    private static final long BYTES_MAX = 4 * 1024 * 1024;

    @Override
    public void handleDeployment(DeploymentInfo deployment, ServletContext context) {
        var deadline = new BodyDeadline(new Settings().bodyTimeout(), BYTES_MAX);
        deployment.addOuterHandlerChainWrapper(deadline::around);
    }
}

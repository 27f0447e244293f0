package io.tenantry.it;

import java.util.concurrent.atomic.AtomicReference;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.context.annotation.DeploymentScoped;
import org.jboss.arquillian.container.spi.event.DeployDeployment;
import org.jboss.arquillian.container.spi.event.UnDeployDeployment;
import org.jboss.arquillian.core.api.InstanceProducer;
import org.jboss.arquillian.core.api.annotation.Inject;
import org.jboss.arquillian.core.api.annotation.Observes;
import org.jboss.arquillian.core.spi.EventContext;
import org.jboss.arquillian.core.spi.LoadableExtension;

/**
 * Deploys once. Arquillian deploys for each class anew; the archive is the same for all of ours, so the first one stays until the server,
 * which is a scratch one, ends.
 */
public final class SharedDeployment implements LoadableExtension {

    @Override
    public void register(ExtensionBuilder builder) {
        builder.observer(Once.class);
    }

    /** Stands between Arquillian's wish to deploy and the container. */
    public static final class Once {
        private static final AtomicReference<ProtocolMetaData> DEPLOYED = new AtomicReference<>();

        @Inject
        @DeploymentScoped
        InstanceProducer<ProtocolMetaData> protocol;

        /** After the observer that enters the deployment's context (100), before the one that deploys (0). */
        public void deploy(@Observes(precedence = 50) EventContext<DeployDeployment> context) {
            var known = DEPLOYED.get();
            if (known == null) {
                context.proceed();
                DEPLOYED.set(protocol.get());
            } else {
                protocol.set(known);
                context.getEvent().getDeployment().deployed();
            }
        }

        public void undeploy(@Observes(precedence = 50) EventContext<UnDeployDeployment> context) {
            context.getEvent().getDeployment().undeployed();
        }
    }
}

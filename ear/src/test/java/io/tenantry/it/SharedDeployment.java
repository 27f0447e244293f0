package io.tenantry.it;

import java.util.concurrent.atomic.AtomicBoolean;
import org.jboss.arquillian.container.spi.client.protocol.metadata.HTTPContext;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.arquillian.container.spi.client.protocol.metadata.Servlet;
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
        private static final AtomicBoolean DEPLOYED = new AtomicBoolean();

        @Inject
        @DeploymentScoped
        InstanceProducer<ProtocolMetaData> protocol;

        /** After the observer that enters the deployment's context (100), before the one that deploys (0). */
        public void deploy(@Observes(precedence = 50) EventContext<DeployDeployment> context) {
            if (DEPLOYED.getAndSet(true)) {
                protocol.set(whereTestsRun());
                context.getEvent().getDeployment().deployed();
            } else {
                context.proceed();
            }
        }

        public void undeploy(@Observes(precedence = 50) EventContext<UnDeployDeployment> context) {
            context.getEvent().getDeployment().undeployed();
        }

        /** What the container would tell of the archive that is there already. */
        private static ProtocolMetaData whereTestsRun() {
            var web = new HTTPContext("127.0.0.1", Integer.getInteger(RunningServer.HTTP_PORT));
            web.add(new Servlet("ArquillianServletRunnerEE9", "/tests"));
            return new ProtocolMetaData().addContext(web);
        }
    }
}

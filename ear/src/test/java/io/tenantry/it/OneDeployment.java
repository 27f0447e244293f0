package io.tenantry.it;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jboss.arquillian.container.spi.client.container.DeploymentException;
import org.jboss.arquillian.container.spi.client.protocol.metadata.ProtocolMetaData;
import org.jboss.as.arquillian.container.CommonManagedDeployableContainer;
import org.jboss.as.arquillian.container.managed.ManagedContainerConfiguration;
import org.jboss.logging.Logger;
import org.jboss.shrinkwrap.api.Archive;
import org.wildfly.core.launcher.CommandBuilder;

/**
 * The server started by {@link RunningServer}. An archive deployed by one test class stays for the following ones until the test process and
 * its server end: all deploy the same archive, and each deployment would take longer than most of their tests.
 */
public final class OneDeployment extends CommonManagedDeployableContainer<ManagedContainerConfiguration> {
    /** By name; each class has a separate container for the one server. */
    private static final Map<String, ProtocolMetaData> DEPLOYED = new ConcurrentHashMap<>();

    @Override
    public Class<ManagedContainerConfiguration> getConfigurationClass() {
        return ManagedContainerConfiguration.class;
    }

    @Override
    public ProtocolMetaData deploy(Archive<?> archive) throws DeploymentException {
        var known = DEPLOYED.get(archive.getName());
        if (known == null) {
            known = super.deploy(archive);
            DEPLOYED.put(archive.getName(), known);
        } else {
            setTheClock();
        }
        return known;
    }

    /** Resets the clock to real time: the previous class may have left it anywhere. */
    private static void setTheClock() throws DeploymentException {
        var request = HttpRequest.newBuilder(URI.create(RunningServer.url("127.0.0.1") + "/tests/stage/ahead?hours=0"))
                .POST(HttpRequest.BodyPublishers.noBody())
                .build();
        try {
            var answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new DeploymentException("the clock was not set: " + answer.body());
            }
        } catch (IOException failure) {
            throw new DeploymentException("the clock was not set", failure);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new DeploymentException("the clock was not set", interrupted);
        }
    }

    @Override
    public void undeploy(Archive<?> archive) {}

    @Override
    protected CommandBuilder createCommandBuilder(ManagedContainerConfiguration configuration) {
        throw new IllegalStateException("the server is started by " + RunningServer.class.getName());
    }

    @Override
    protected Logger getLogger() {
        return Logger.getLogger(OneDeployment.class);
    }
}

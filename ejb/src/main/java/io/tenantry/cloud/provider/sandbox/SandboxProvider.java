package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.Credentials;
import io.tenantry.cloud.provider.Provider;
import io.tenantry.cloud.provider.ProviderClient;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.URI;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The simulated provider, which needs no account; it is initialized on first use. */
@ApplicationScoped
public class SandboxProvider implements Provider {
    private static final String FOLDER = "sandbox";

    @Inject
    Clock clock;

    private Optional<Sandbox> sandbox = Optional.empty();

    @Override
    public String code() {
        return "sandbox";
    }

    @Override
    public String name() {
        return "Sandbox";
    }

    @Override
    public Optional<URI> base() {
        return Optional.of(URI.create("http://sandbox.invalid"));
    }

    @Override
    public boolean isForTrying() {
        return true;
    }

    @Override
    public boolean showsScreens() {
        return true;
    }

    @Override
    public ProviderClient open(Credentials credentials) {
        return new SandboxClient(sandbox(), credentials.token());
    }

    /** Opens the SSH listeners of the existing servers; called once the process has started. */
    public void wake() {
        sandbox().wake();
    }

    @PreDestroy
    synchronized void close() {
        sandbox.ifPresent(Sandbox::close);
        sandbox = Optional.empty();
    }

    private synchronized Sandbox sandbox() {
        var now = sandbox.orElseGet(() -> new Sandbox(folder(), clock));
        sandbox = Optional.of(now);
        return now;
    }

    /** Located beside the other data of the application server. */
    private static Path folder() {
        return Path.of(System.getProperty("jboss.server.data.dir", System.getProperty("java.io.tmpdir")), FOLDER);
    }
}

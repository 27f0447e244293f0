package io.tenantry.cloud.console;

import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.SshEndpointLookup;
import io.tenantry.cloud.provider.VncConsole;
import io.tenantry.cloud.provisioning.ProvisioningTarget.TargetAccount;
import io.tenantry.cloud.provisioning.ProvisioningTargets;
import io.tenantry.cloud.provisioning.ServerEndpoints.ProviderServerRef;
import io.tenantry.cloud.provisioning.ServerEndpoints.ServerLocation;
import io.tenantry.config.Settings;
import io.tenantry.kernel.http.AddressPolicy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * Locates a server's shell: as reported by its provider, if it reports shells, otherwise port 22 of the address in the database; and its
 * screen, which only the provider knows. A provider's panel may be run by anyone and report anything, so the address is checked like that of
 * every outbound call; the sandbox is not a provider but this process.
 */
@ApplicationScoped
public class ConsoleEndpoints {
    private static final int SSH = 22;

    @Inject
    ProvisioningTargets provisioningTargets;

    @Inject
    Settings settings;

    /** For the container. */
    public ConsoleEndpoints() {}

    /** For use outside a container. */
    public ConsoleEndpoints(ProvisioningTargets provisioningTargets, Settings settings) {
        this.provisioningTargets = provisioningTargets;
        this.settings = settings;
    }

    /** The address of a screen and its password. */
    record VncEndpoint(InetSocketAddress address, String password) {
        @Override
        public String toString() {
            return "VncEndpoint[" + address + "]";
        }
    }

    /**
     * Asks the provider, so it must not be called within a transaction.
     *
     * @throws ProviderFailure if there is no address, or none that is allowed
     */
    SshEndpoint shell(ServerLocation service, ProviderServerRef server) {
        if (home(server).provider() instanceof SshEndpointLookup sshEndpointLookup) {
            var where = sshEndpointLookup.shell(server.id());
            var key = Optional.of(where.hostKeyFingerprintOrEmpty()).filter(text -> !text.isEmpty());
            return new SshEndpoint(address(where.host(), where.port(), server.isHere()), key);
        }
        return new SshEndpoint(address(service.address(), SSH, server.isHere()), Optional.empty());
    }

    /**
     * Asks the provider to show the screen of a service's server, so it must not be called within a transaction.
     *
     * @throws ProviderFailure if it shows none, if its address is not allowed, or if the server's ID now belongs to another server
     */
    VncEndpoint screen(UUID serviceId, ProviderServerRef server) {
        var providerClient = home(server).provider();
        if (!(providerClient instanceof VncConsole vncConsole)) {
            throw new ProviderFailure(Reason.INVALID, "the provider does not support screens");
        }
        var resourceTag = new ResourceTag(serviceId);
        if (providerClient
                .server(server.id())
                .filter(one -> one.mayBe(resourceTag))
                .isEmpty()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "there is no server " + server.id());
        }
        var shown = vncConsole.open(server.id());
        try {
            return new VncEndpoint(address(shown.host(), shown.port(), server.isHere()), shown.password());
        } catch (ProviderFailure notThere) {
            vncConsole.close(server.id());
            throw notThere;
        }
    }

    /** Asks the provider to stop showing the screen. */
    void hide(ProviderServerRef server) {
        if (home(server).provider() instanceof VncConsole vncConsole) {
            vncConsole.close(server.id());
        }
    }

    /** Whether a server's provider shows screens. Sends nothing. */
    boolean hasScreen(ProviderServerRef server) {
        return provisioningTargets
                .open(server.account())
                .filter(targetAccount -> targetAccount.provider() instanceof VncConsole)
                .isPresent();
    }

    private TargetAccount home(ProviderServerRef server) {
        return provisioningTargets
                .open(server.account())
                .orElseThrow(() -> new ProviderFailure(Reason.CREDENTIALS, "unknown provider account"));
    }

    private InetSocketAddress address(String host, int port, boolean isHere) {
        var policy = isHere
                ? AddressPolicy.ANY
                : AddressPolicy.valueOf(settings.outboundAddresses().toUpperCase(Locale.ROOT));
        try {
            return Arrays.stream(InetAddress.getAllByName(host))
                    .filter(policy::allows)
                    .findFirst()
                    .map(address -> new InetSocketAddress(address, port))
                    .orElseThrow(
                            () -> new ProviderFailure(Reason.UNREACHABLE, "connection to this address not allowed"));
        } catch (UnknownHostException unknown) {
            throw new ProviderFailure(Reason.UNREACHABLE, "no such host", Optional.empty(), unknown);
        } catch (IllegalArgumentException noPort) {
            throw new ProviderFailure(Reason.INVALID_RESPONSE, "no such port", Optional.empty(), noPort);
        }
    }
}

package io.tenantry.terminal;

import io.tenantry.config.Settings;
import io.tenantry.outbound.AddressPolicy;
import io.tenantry.provider.ProviderFailure;
import io.tenantry.provider.ProviderFailure.Reason;
import io.tenantry.provider.Shell;
import io.tenantry.provisioning.Upstreams;
import io.tenantry.provisioning.Whereabouts.ServerAt;
import io.tenantry.provisioning.Whereabouts.Whereabout;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * Where a server's shell is: as its vendor says, if the vendor says such things, else at port 22 of the address that our books have. A
 * vendor's panel may be anybody's and may say anything, so the address that is connected to is judged like those of all calls that leave
 * here; the sandbox is no vendor but this process.
 */
@ApplicationScoped
public class Reach {
    private static final int SSH = 22;

    @Inject
    Upstreams upstreams;

    @Inject
    Settings settings;

    /** For the container. */
    public Reach() {}

    /** For use outside a container. */
    public Reach(Upstreams upstreams, Settings settings) {
        this.upstreams = upstreams;
        this.settings = settings;
    }

    /**
     * Asks the vendor, so never within a transaction.
     *
     * @throws ProviderFailure if there is no way, or none that we may go
     */
    Destination shell(Whereabout service, ServerAt server) {
        var home = upstreams
                .open(server.account())
                .orElseThrow(() -> new ProviderFailure(Reason.CREDENTIALS, "nobody knows the account"));
        if (home.provider() instanceof Shell shell) {
            var where = shell.shell(server.id());
            var key = Optional.of(where.hostKeyFingerprintOrEmpty()).filter(text -> !text.isEmpty());
            return new Destination(address(where.host(), where.port(), server.isHere()), key);
        }
        return new Destination(address(service.address(), SSH, server.isHere()), Optional.empty());
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
                            () -> new ProviderFailure(Reason.UNREACHABLE, "an address that we may not connect to"));
        } catch (UnknownHostException unknown) {
            throw new ProviderFailure(Reason.UNREACHABLE, "no such host", Optional.empty(), unknown);
        }
    }
}

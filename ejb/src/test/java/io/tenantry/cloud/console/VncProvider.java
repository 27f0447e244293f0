package io.tenantry.cloud.console;

import io.tenantry.catalog.Plan;
import io.tenantry.cloud.provider.ProviderClient;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderServer;
import io.tenantry.cloud.provider.ResourceTag;
import io.tenantry.cloud.provider.VncConsole;
import io.tenantry.cloud.provider.VncConsole.Vnc;
import io.tenantry.cloud.provider.sandbox.screen.VncServers;
import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import io.tenantry.cloud.provisioning.ProvisioningTarget;
import io.tenantry.kernel.time.MovableClock;
import java.lang.reflect.Proxy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A provider that supports screens of its servers and nothing else. */
final class VncProvider implements ProvisioningTarget, AutoCloseable {
    final VncServers vncServers = new VncServers(id -> Optional.of(
            new SimulatedHost("web-7", "Debian", "127.0.0.9", 2, 2_048, 40, Instant.EPOCH, 7, new MovableClock())));

    private final List<String> requests = new ArrayList<>();

    private Optional<Vnc> endpoint = Optional.empty();
    private Optional<ResourceTag> tag = Optional.empty();
    private boolean isBroken;

    /** Sets the location it returns, whether correct or not. */
    synchronized void setEndpoint(Vnc location) {
        endpoint = Optional.of(location);
    }

    /** Tags its servers for that service. */
    synchronized void tagServers(UUID service) {
        tag = Optional.of(new ResourceTag(service));
    }

    synchronized void fail() {
        isBroken = true;
    }

    /** Returns the requests for screens it received, in order. */
    synchronized List<String> requests() {
        return List.copyOf(requests);
    }

    @Override
    public Optional<Placement> place(UUID planId, Plan.Size size, String region) {
        return Optional.empty();
    }

    @Override
    public Optional<TargetAccount> open(String account) {
        var providerClient = (ProviderClient) Proxy.newProxyInstance(
                VncProvider.class.getClassLoader(),
                new Class<?>[] {ProviderClient.class, VncConsole.class},
                (proxy, method, arguments) -> answer(method.getName(), (String) arguments[0]));
        return account.equals("vendor") ? Optional.of(new TargetAccount(providerClient, Map.of())) : Optional.empty();
    }

    @Override
    public void close() {
        vncServers.close();
    }

    private synchronized @Nullable Object answer(String what, String id) {
        if (what.equals("server")) {
            return Optional.of(new ProviderServer(
                    id, tag, id, ProviderServer.State.RUNNING, List.of(), "small", "fra", Optional.of(Instant.EPOCH)));
        }
        requests.add(what);
        if (isBroken) {
            throw new ProviderFailure(Reason.PROVIDER_ERROR, "unavailable");
        }
        if (what.equals("close")) {
            vncServers.hide(id);
            return null;
        }
        var shown = vncServers.show(id);
        return endpoint.orElse(shown);
    }
}

package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.AdditionalAddresses.Address;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.sandbox.SandboxServer.AdditionalAddress;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/** Additional addresses of servers: each is another listener of the same server, at the port of the first. */
final class SandboxAddresses {
    /** The maximum per server. */
    static final int ADDRESSES_MAX = 4;

    private static final int WORK_SECONDS = 2;

    private final SandboxServerStore sandboxServerStore;
    private final SshListeners sshListeners;

    SandboxAddresses(SandboxServerStore sandboxServerStore, SshListeners sshListeners) {
        this.sandboxServerStore = sandboxServerStore;
        this.sshListeners = sshListeners;
    }

    List<Address> of(String account, String id) {
        var now = sandboxServerStore.now();
        return sandboxServerStore.need(account, id).additionalAddresses().stream()
                .map(one -> one.shown(now))
                .toList();
    }

    Address add(String account, String id) {
        var now = sandboxServerStore.now();
        var additionalAddress = new AdditionalAddress(
                sandboxServerStore.newAddress(sandboxServerStore.newId(id + "-")), now.plusSeconds(WORK_SECONDS));
        var changed = sandboxServerStore.change(account, id, sandboxServer -> {
            if (sandboxServer.isLeaving()) {
                throw new ProviderFailure(Reason.NOT_FOUND, "the server is being deleted");
            }
            FaultInjection.ADDRESS.refuse(sandboxServer, Reason.NO_CAPACITY, "no address is available");
            if (sandboxServer.additionalAddresses().size() >= ADDRESSES_MAX) {
                throw new ProviderFailure(Reason.LIMIT, "a server has " + ADDRESSES_MAX + " further addresses");
            }
            var all = new ArrayList<>(sandboxServer.additionalAddresses());
            all.add(additionalAddress);
            return sandboxServer.withAdditionalAddresses(all);
        });
        open(changed);
        return additionalAddress.shown(now);
    }

    void release(String account, String id, String address) {
        var found = sandboxServerStore.find(account, id);
        if (found.isEmpty()) {
            return;
        }
        var changed = sandboxServerStore.change(account, id, sandboxServer -> {
            var names = new HashMap<>(sandboxServer.names());
            if (sandboxServer.additionalAddresses().stream()
                    .anyMatch(one -> one.address().equals(address))) {
                names.remove(address);
            }
            return sandboxServer
                    .withNames(names)
                    .withAdditionalAddresses(sandboxServer.additionalAddresses().stream()
                            .filter(one -> !one.address().equals(address))
                            .toList());
        });
        if (!changed.accessData().address().equals(address)) {
            sshListeners.shut(id, address);
        }
    }

    /** Opens the additional listeners of a server whose first listener was opened; before, there is no port to connect to. */
    void open(SandboxServer sandboxServer) {
        if (sandboxServer.accessData().port() > 0) {
            sandboxServer
                    .additionalAddresses()
                    .forEach(one -> sshListeners.openToo(
                            sandboxServer.id(),
                            one.address(),
                            sandboxServer.accessData().port()));
        }
    }
}

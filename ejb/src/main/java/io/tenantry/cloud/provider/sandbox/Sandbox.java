package io.tenantry.cloud.provider.sandbox;

import io.tenantry.cloud.provider.PowerAction;
import io.tenantry.cloud.provider.ProviderFailure;
import io.tenantry.cloud.provider.ProviderFailure.Reason;
import io.tenantry.cloud.provider.ProviderTask;
import io.tenantry.cloud.provider.SshEndpointLookup.Endpoint;
import io.tenantry.cloud.provider.VncConsole.Vnc;
import io.tenantry.cloud.provider.sandbox.SandboxServer.Rescue;
import io.tenantry.cloud.provider.sandbox.SshListeners.ListenerTarget;
import io.tenantry.cloud.provider.sandbox.screen.VncServers;
import io.tenantry.cloud.provider.sandbox.shell.Files;
import io.tenantry.cloud.provider.sandbox.shell.SimulatedHost;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Optional;

/** The simulated provider: its servers, their contents, and their listeners. Its whole state is in its folder. */
final class Sandbox implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Sandbox.class.getName());

    private final SandboxServerStore sandboxServerStore;
    private final DiskContents diskContents;
    private final ServerOperations serverOperations;
    private final SandboxBackups sandboxBackups;
    private final SandboxVolumes sandboxVolumes;
    private final SandboxSshKeys sandboxSshKeys;
    private final SshListeners sshListeners;
    private final SandboxAddresses sandboxAddresses;
    private final VncServers vncServers;

    /** @param folder created when needed */
    Sandbox(Path folder, Clock clock) {
        sandboxServerStore = new SandboxServerStore(new TextFileStore(folder.resolve("servers")), clock);
        diskContents = new DiskContents(new TextFileStore(folder.resolve("files")));
        sandboxVolumes = new SandboxVolumes(new TextFileStore(folder.resolve("volumes")), sandboxServerStore);
        sandboxSshKeys = new SandboxSshKeys(new TextFileStore(folder.resolve("keys")));
        sshListeners = new SshListeners(this::reached);
        sandboxAddresses = new SandboxAddresses(sandboxServerStore, sshListeners);
        vncServers = new VncServers(id -> listenerTarget(id).map(ListenerTarget::box));
        serverOperations = new ServerOperations(sandboxServerStore, diskContents, this::hangUp);
        sandboxBackups = new SandboxBackups(sandboxServerStore, diskContents, serverOperations);
    }

    SandboxServerStore machines() {
        return sandboxServerStore;
    }

    ServerOperations fleet() {
        return serverOperations;
    }

    DiskContents contents() {
        return diskContents;
    }

    SandboxBackups copies() {
        return sandboxBackups;
    }

    SandboxVolumes blocks() {
        return sandboxVolumes;
    }

    SandboxAddresses extras() {
        return sandboxAddresses;
    }

    SandboxSshKeys keyring() {
        return sandboxSshKeys;
    }

    /** Opens the listeners of all existing servers, as clients that connected before a restart expect. */
    void wake() {
        for (var sandboxServer : sandboxServerStore.all()) {
            if (sandboxServer.isLeaving()) {
                continue;
            }
            try {
                open(sandboxServer);
            } catch (RuntimeException broken) {
                LOG.log(
                        System.Logger.Level.WARNING,
                        "no SSH access to server={0}: {1}",
                        sandboxServer.id(),
                        broken.getMessage());
            }
        }
    }

    /** Opens a server's listener if it is closed, at its previous port if that is free. */
    Endpoint open(SandboxServer sandboxServer) {
        if (sandboxServer.isLeaving()) {
            throw new ProviderFailure(Reason.NOT_FOUND, "the server is being deleted");
        }
        var accessData = sandboxServer.accessData();
        var where = sshListeners.open(sandboxServer.id(), accessData.address(), accessData.port());
        if (where.getPort() == accessData.port()) {
            sandboxAddresses.open(sandboxServer);
        } else {
            sandboxAddresses.open(sandboxServerStore.change(
                    sandboxServer.account(),
                    sandboxServer.id(),
                    one -> one.with(one.accessData().at(where.getPort()))));
        }
        return new Endpoint(
                where.getAddress().getHostAddress(),
                where.getPort(),
                SshListeners.fingerprint(HostKey.read(sandboxServer.accessData().shownKey())));
    }

    /** Shows a server's screen; idempotent. */
    Vnc show(SandboxServer sandboxServer) {
        if (!sandboxServer.isUp(sandboxServerStore.now())) {
            throw new ProviderFailure(Reason.BUSY, "the server is not running");
        }
        FaultInjection.SCREEN.refuse(sandboxServer, Reason.PROVIDER_ERROR, "there is no screen");
        return vncServers.show(sandboxServer.id());
    }

    /** Stops showing a server's screen. */
    void hide(SandboxServer sandboxServer) {
        vncServers.hide(sandboxServer.id());
    }

    /** Starts deleting a server; its listener is closed immediately. */
    void delete(String account, String id) {
        if (sandboxServerStore.find(account, id).isEmpty()) {
            return;
        }
        serverOperations.delete(account, id);
        sshListeners.shut(id);
        vncServers.hide(id);
    }

    @Override
    public void close() {
        sshListeners.close();
        vncServers.close();
    }

    private void hangUp(String id) {
        sshListeners.hangUp(id);
        vncServers.hide(id);
        diskContents.endRescue(id);
    }

    /** Isolates a server from its network, or ends the isolation, immediately; open network sessions are disconnected. */
    ProviderTask isolate(String account, String id, boolean isCutOff) {
        var unused = sandboxServerStore.change(account, id, sandboxServer -> {
            if (isCutOff) {
                FaultInjection.NETWORK.refuse(
                        sandboxServer, Reason.INVALID, "the server is behind a third-party firewall");
            }
            return sandboxServer.with(sandboxServer.accessData().with(isCutOff));
        });
        if (isCutOff) {
            sshListeners.hangUp(id);
        }
        return ProviderTask.NOTHING;
    }

    /** Returns what a client on the network reaches. */
    private Optional<ListenerTarget> reached(String id) {
        return sandboxServerStore
                .find(id)
                .filter(one -> !one.accessData().isCutOff())
                .flatMap(one -> listenerTarget(id));
    }

    /** Returns what is behind a listener; empty while the server is not running. */
    private Optional<ListenerTarget> listenerTarget(String id) {
        return sandboxServerStore
                .find(id)
                .filter(one -> one.isUp(sandboxServerStore.now()))
                .map(this::listenerTarget);
    }

    private ListenerTarget listenerTarget(SandboxServer sandboxServer) {
        return sandboxServer
                .accessData()
                .rescue()
                .map(rescue -> rescue(sandboxServer, rescue))
                .orElseGet(() -> own(sandboxServer));
    }

    private ListenerTarget own(SandboxServer sandboxServer) {
        return new ListenerTarget(
                HostKey.read(sandboxServer.accessData().hostKey()),
                key -> PublicKeys.contains(sandboxServer.make().keys(), key),
                password -> RootPassword.matches(sandboxServer.accessData().password(), password),
                box(
                        sandboxServer,
                        sandboxServer.hostname(),
                        SandboxCatalog.image(sandboxServer.make().image()).name()),
                diskContents.of(sandboxServer.id()),
                () -> keep(sandboxServer.id()),
                how -> switchFromWithin(sandboxServer, how));
    }

    /** There is no login by password, and the system's own files are not stored. */
    private ListenerTarget rescue(SandboxServer sandboxServer, Rescue rescue) {
        return new ListenerTarget(
                HostKey.read(rescue.hostKey()),
                key -> PublicKeys.contains(rescue.keys(), key),
                password -> false,
                box(sandboxServer, "rescue", Files.RESCUE),
                diskContents.rescue(
                        sandboxServer.id(), sandboxServer.sandboxJob().upSince()),
                () -> diskContents.keepRescue(sandboxServer.id()),
                how -> switchFromWithin(sandboxServer, how));
    }

    private SimulatedHost box(SandboxServer sandboxServer, String hostname, String system) {
        var size = SandboxCatalog.size(sandboxServer.size(sandboxServerStore.now()));
        return new SimulatedHost(
                hostname,
                system,
                sandboxServer.accessData().address(),
                size.vcpus(),
                size.memoryMib(),
                size.diskGib(),
                sandboxServer.sandboxJob().upSince(),
                SandboxServerStore.seed(sandboxServer.id()),
                sandboxServerStore.clock());
    }

    /** A session may still be open on a server that was just deleted. */
    private void keep(String id) {
        if (sandboxServerStore.find(id).filter(one -> !one.isLeaving()).isPresent()) {
            diskContents.keep(id);
        }
    }

    private void switchFromWithin(SandboxServer sandboxServer, PowerAction how) {
        var unused = serverOperations.power(sandboxServer.account(), sandboxServer.id(), how);
    }
}

package io.tenantry.cloud.provider;

import io.tenantry.cloud.provider.OfflineResize.ActionNames;
import io.tenantry.cloud.provider.OfflineResize.CompletedAction;
import io.tenantry.cloud.provider.OfflineResize.ObservedState;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * An account whose servers are resources below a path, each with a list of its requested actions, whose IDs increase. A server reports in
 * {@code status} that it is off, and in {@code locked} that it is busy.
 */
public abstract class ActionBasedClient implements ProviderClient, ServerResize, OfflineResize.Operations {
    /** The servers. */
    protected final ResourceCollection servers;

    private final ActionNames actionNames;
    private final Clock clock;

    /** Creates a client with the provider's names of actions. */
    protected ActionBasedClient(ResourceCollection servers, ActionNames actionNames, Clock clock) {
        this.servers = servers;
        this.actionNames = actionNames;
        this.clock = clock;
    }

    /** Converts a server. */
    protected abstract ProviderServer toServer(JsonFields server);

    /** Converts the progress of an action. */
    protected abstract Progress reached(JsonFields action);

    /** Returns the progress of a task that is specific to the adapter. */
    protected abstract Progress follow(ProviderTask providerTask);

    /** Checks, before anything is shut down, what the provider would report only afterwards: that a server cannot have that size. */
    protected abstract void judge(JsonFields server, String size);

    /** Returns the servers that match the query, given as alternating names and values. */
    protected List<ProviderServer> found(String... query) {
        return servers.all(query).stream().map(this::toServer).toList();
    }

    @Override
    public List<ProviderServer> servers() {
        return found();
    }

    @Override
    public Optional<ProviderServer> server(String id) {
        return servers.find(id).map(this::toServer);
    }

    @Override
    public void delete(String id) {
        servers.delete(id);
    }

    @Override
    public Progress progress(ProviderTask providerTask) {
        if (OfflineResize.is(providerTask)) {
            return OfflineResize.of(providerTask).step(this, clock);
        }
        return providerTask.equals(ProviderTask.NOTHING) ? Progress.done() : follow(providerTask);
    }

    @Override
    public ProviderTask resize(String id, String size) {
        var server = servers.get(id);
        if (toServer(server).size().equals(size)) {
            return ProviderTask.NOTHING;
        }
        judge(server, size);
        return OfflineResize.begin(this, clock, id, size, toServer(server).state() == ProviderServer.State.RUNNING);
    }

    @Override
    public ObservedState inspect(String id, long first) {
        var server = servers.get(id);
        var since = servers.lists().all(servers.path(id) + "/actions", "actions").stream()
                .filter(action -> action.big("id") >= first)
                .map(action -> new CompletedAction(
                        action.text(actionNames.field()), reached(action).stage()))
                .toList();
        var off = server.text("status").equals("off");
        return new ObservedState(actionNames, toServer(server).size(), off, server.flag("locked"), since);
    }
}

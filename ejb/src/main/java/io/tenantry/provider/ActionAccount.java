package io.tenantry.provider;

import io.tenantry.provider.StepwiseResize.Done;
import io.tenantry.provider.StepwiseResize.Seen;
import io.tenantry.provider.StepwiseResize.Words;
import java.time.Clock;
import java.util.List;
import java.util.Optional;

/**
 * An account whose servers are things under a path, each with a list of what was asked of it: actions, whose numbers grow. A server says in
 * {@code status} that it is off, and in {@code locked} that it is at something.
 */
public abstract class ActionAccount implements Provider, Resizing, StepwiseResize.Hands {
    /** The servers. */
    protected final Things servers;

    private final Words words;
    private final Clock clock;

    /** With the vendor's words. */
    protected ActionAccount(Things servers, Words words, Clock clock) {
        this.servers = servers;
        this.words = words;
        this.clock = clock;
    }

    /** A server in our words. */
    protected abstract Server told(Fields server);

    /** How far an action is. */
    protected abstract Progress reached(Fields action);

    /** How far a task of the adapter's own is. */
    protected abstract Progress follow(Task task);

    /** Says before anything is shut down what the vendor would say only afterwards: that a server cannot have that size. */
    protected abstract void judge(Fields server, String size);

    /** Those that the query finds, names and values in turns. */
    protected List<Server> found(String... query) {
        return servers.all(query).stream().map(this::told).toList();
    }

    @Override
    public List<Server> servers() {
        return found();
    }

    @Override
    public Optional<Server> server(String id) {
        return servers.find(id).map(this::told);
    }

    @Override
    public void delete(String id) {
        servers.delete(id);
    }

    @Override
    public Progress progress(Task task) {
        if (StepwiseResize.is(task)) {
            return StepwiseResize.of(task).step(this, clock);
        }
        return task.equals(Task.NOTHING) ? Progress.done() : follow(task);
    }

    @Override
    public Task resize(String id, String size) {
        var server = servers.get(id);
        if (told(server).size().equals(size)) {
            return Task.NOTHING;
        }
        judge(server, size);
        return StepwiseResize.begin(this, clock, id, size, told(server).state() == Server.State.RUNNING);
    }

    @Override
    public Seen look(String id, long first) {
        var server = servers.get(id);
        var since = servers.lists().all(servers.path(id) + "/actions", "actions").stream()
                .filter(action -> action.big("id") >= first)
                .map(action ->
                        new Done(action.text(words.field()), reached(action).stage()))
                .toList();
        var off = server.text("status").equals("off");
        return new Seen(words, told(server).size(), off, server.flag("locked"), since);
    }
}

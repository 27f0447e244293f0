package io.tenantry.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** The readiness of this node: it serves requests after startup and, in a demo, after the demo data is created, until it stops. */
@ApplicationScoped
public class Readiness {
    /** The activity of a node that cannot reach its database. */
    public static final String AWAY = "waiting for the database";

    private volatile boolean migrated;
    private volatile boolean ready;
    private volatile boolean failed;
    private volatile boolean databaseAway;
    private volatile String doing = "starting";
    private final Map<String, String> warnings = new ConcurrentSkipListMap<>();

    public boolean isReady() {
        return ready;
    }

    /** Whether a load balancer should send requests to this node: it is ready, has not failed, and the database is reachable. */
    public boolean isServing() {
        return ready && !failed && !databaseAway;
    }

    /** Whether every schema is up to date: background work can run, although requests may not be served yet. */
    public boolean isMigrated() {
        return migrated;
    }

    /** Returns what startup is waiting for, in words for the operator; meaningless once the node is ready. */
    public String doing() {
        return ready && !failed && databaseAway ? AWAY : doing;
    }

    /** Sets what startup is waiting for. */
    public void doing(String what) {
        doing = what;
    }

    /** Marks this start as failed; {@link #doing()} returns the reason from now on. */
    public void failed(String why) {
        doing = why;
        failed = true;
    }

    /** Whether the start has failed: an operator must act or restart the node. */
    public boolean isFailed() {
        return failed;
    }

    /** Marks the node as serving requests. */
    public void ready() {
        ready = true;
    }

    /** Marks every schema as up to date. */
    public void migrated() {
        migrated = true;
    }

    /** Records whether the database was reachable at the last check. */
    public void databaseAway(boolean away) {
        databaseAway = away;
    }

    /** Marks the node as stopping: it serves no further requests. */
    public void stopping() {
        ready = false;
    }

    /** Reports a problem that does not prevent the node from working but needs attention. */
    public void warning(String what, String text) {
        warnings.put(what, text);
    }

    /** Clears a warning. */
    public void noWarning(String what) {
        warnings.remove(what);
    }

    /** Returns the problems that need attention, by subject. */
    public Map<String, String> warnings() {
        return Map.copyOf(warnings);
    }
}

package io.tenantry.health;

import jakarta.enterprise.context.ApplicationScoped;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;

/** Whether this node serves people yet: after start-up and, in a demo, when that is made; until it stops. */
@ApplicationScoped
public class Readiness {
    /** What a node does that cannot reach its database. */
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

    /** Whether a load balancer should send people here: ready, not failed, and the database can be reached. */
    public boolean isServing() {
        return ready && !failed && !databaseAway;
    }

    /** Whether every schema is up to date: the system itself can work, people perhaps not yet. */
    public boolean isMigrated() {
        return migrated;
    }

    /** What people wait for, in words for whoever started it; of no meaning once it is ready. */
    public String doing() {
        return ready && !failed && databaseAway ? AWAY : doing;
    }

    /** Tells what people wait for. */
    public void doing(String what) {
        doing = what;
    }

    /** This start leads nowhere; {@link #doing()} says why from now on. */
    public void failed(String why) {
        doing = why;
        failed = true;
    }

    /** Whether waiting is in vain: somebody must act, or start again. */
    public boolean isFailed() {
        return failed;
    }

    /** From now on people are served. */
    public void ready() {
        ready = true;
    }

    /** Every schema is up to date now. */
    public void migrated() {
        migrated = true;
    }

    /** Whether the database can be reached, as it was when somebody last looked. */
    public void databaseAway(boolean away) {
        databaseAway = away;
    }

    /** From now on nobody is served: the node stops. */
    public void stopping() {
        ready = false;
    }

    /** Something is wrong that keeps nobody from working, but that somebody must look at. */
    public void warning(String what, String text) {
        warnings.put(what, text);
    }

    /** It is well again. */
    public void noWarning(String what) {
        warnings.remove(what);
    }

    /** What somebody must look at, by what it is about. */
    public Map<String, String> warnings() {
        return Map.copyOf(warnings);
    }
}

package io.tenantry.cluster;

import io.tenantry.server.Ports;
import java.net.ConnectException;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jboss.byteman.agent.Main;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/**
 * Makes methods inside a server fail, or kills the server in them, by commands to Byteman's agent over a socket. The agent answers some commands
 * with an error although it has done them, for instance a repeated removal. So each command is repeated until its effect is visible.
 */
public final class BytemanFaults {
    private static final String ADDRESS = "127.0.0.1";

    /** Prefix of system properties that can be read from outside. */
    private static final String REACHED = "org.jboss.byteman.tenantry.reached";

    private static final int ATTEMPTS = 20;
    private static final long ATTEMPT_EVERY = TimeUnit.MILLISECONDS.toNanos(250);

    private final int port;
    private final Submit submit;
    private int rules;

    private BytemanFaults(int port) {
        this.port = port;
        submit = new Submit(ADDRESS, port);
    }

    static BytemanFaults onFreePort() {
        return new BytemanFaults(Ports.free());
    }

    /** The effect at a point. */
    public enum Effect {
        /** An unexpected exception. */
        FAIL("throw new java.lang.IllegalStateException(\"on purpose\")"),
        /** The process ends at once, as after {@code kill -9}. */
        DIE("killJVM()");

        private final String code;

        Effect(String code) {
            this.code = code;
        }
    }

    /**
     * A point in the code.
     *
     * @param type class name
     * @param method method name
     * @param where {@code ENTRY} or {@code EXIT}
     */
    public record Point(String type, String method, String where) {
        @Override
        public String toString() {
            return type.substring(type.lastIndexOf('.') + 1) + "." + method + " " + where;
        }
    }

    String jvmOption() {
        var agent = agent();
        return "-javaagent:" + agent + "=listener:true,address:" + ADDRESS + ",port:" + port + ",boot:" + agent;
    }

    private static Path agent() {
        try {
            return Path.of(Main.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new IllegalStateException(e);
        }
    }

    /** Waits until the agent answers, which it does before the server is deployed. Another process at its port is an error here. */
    void awaitReady() {
        until("answer", () -> !submit.getAgentVersion().isBlank());
    }

    /** Triggers the effect once, the n-th time the point is reached from now on. */
    public void arm(Point point, int times, Effect effect) {
        // Counters outlive their rules, and a rule has the name of its counter: none is taken for one of before.
        var counter = point + " #" + ++rules;
        var rule = String.join(
                "\n",
                "RULE " + counter,
                "CLASS " + point.type(),
                "METHOD " + point.method(),
                "AT " + point.where(),
                "IF incrementCounter(\"" + counter + "\") == " + times,
                "DO java.lang.System.setProperty(\"" + REACHED + "\", \"" + point + "\"); " + effect.code,
                "ENDRULE");
        until("hold the rule " + counter, () -> {
            if (!hasRule(counter)) {
                submit.addScripts(List.of(new ScriptText("fault", rule)));
            }
            return hasRule(counter);
        });
    }

    private boolean hasRule(String name) throws Exception {
        return submit.listAllRules().contains("RULE " + name + "\n");
    }

    /** Removes all rules; returns whether one was triggered. */
    public boolean disarm() {
        var wasReached = new AtomicBoolean();
        until("tell what was reached", () -> {
            wasReached.set(isReached());
            return true;
        });
        until("hold no rules", () -> {
            if (submit.listAllRules().contains("RULE ")) {
                submit.deleteAllRules();
            }
            return !submit.listAllRules().contains("RULE ");
        });
        var cleared = new Properties();
        cleared.setProperty(REACHED, "");
        until("forget what was reached", () -> {
            if (isReached()) {
                submit.setSystemProperties(cleared);
            }
            return !isReached();
        });
        return wasReached.get();
    }

    private boolean isReached() throws Exception {
        return submit.listSystemProperties().containsKey(REACHED);
    }

    /** Repeats a command until it has its effect. A dead process does not come back: its refused connection ends this at once. */
    private void until(String what, Callable<Boolean> command) {
        var failures = new ArrayList<Exception>();
        for (var attempt = 0; attempt < ATTEMPTS; attempt++) {
            try {
                if (command.call()) {
                    return;
                }
            } catch (ConnectException gone) {
                throw new IllegalStateException("the agent at port " + port + " does not listen", gone);
            } catch (Exception refused) {
                failures.add(refused);
            }
            LockSupport.parkNanos(ATTEMPT_EVERY);
        }
        var problem = new IllegalStateException("the agent at port " + port + " does not " + what);
        failures.forEach(problem::addSuppressed);
        throw problem;
    }
}

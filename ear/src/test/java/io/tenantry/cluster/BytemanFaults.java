package io.tenantry.cluster;

import io.tenantry.server.Ports;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import org.jboss.byteman.agent.Main;
import org.jboss.byteman.agent.submit.ScriptText;
import org.jboss.byteman.agent.submit.Submit;

/** Makes methods inside a server fail, or kills the server in them, by commands to Byteman's agent over a socket. */
public final class BytemanFaults {
    private static final String ADDRESS = "127.0.0.1";

    /** Prefix of system properties that can be read from outside. */
    private static final String REACHED = "org.jboss.byteman.tenantry.reached";

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

    /** Triggers the effect once, the n-th time the point is reached from now on. */
    public void arm(Point point, int times, Effect effect) {
        // Counters outlive their rules.
        var counter = point + " #" + ++rules;
        var rule = String.join(
                "\n",
                "RULE " + point,
                "CLASS " + point.type(),
                "METHOD " + point.method(),
                "AT " + point.where(),
                "IF incrementCounter(\"" + counter + "\") == " + times,
                "DO java.lang.System.setProperty(\"" + REACHED + "\", \"" + point + "\"); " + effect.code,
                "ENDRULE");
        request(() -> submit.addScripts(List.of(new ScriptText("fault", rule))));
    }

    /** Removes all rules; returns whether one was triggered. */
    public boolean disarm() {
        var cleared = new Properties();
        cleared.setProperty(REACHED, "");
        var wasReached = request(submit::listSystemProperties).containsKey(REACHED);
        request(submit::deleteAllRules);
        request(() -> submit.setSystemProperties(cleared));
        return wasReached;
    }

    private static <T> T request(Callable<T> call) {
        try {
            return call.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

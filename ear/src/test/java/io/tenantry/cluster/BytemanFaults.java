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

/** Makes methods inside a server fail, or the server die in them: Byteman's agent, told what to do over a socket. */
public final class BytemanFaults {
    private static final String ADDRESS = "127.0.0.1";

    /** Names beginning so may be read back from outside. */
    private static final String REACHED = "org.jboss.byteman.tenantry.reached";

    private final int port;
    private final Submit submit;
    private int orders;

    private BytemanFaults(int port) {
        this.port = port;
        submit = new Submit(ADDRESS, port);
    }

    static BytemanFaults onFreePort() {
        return new BytemanFaults(Ports.free());
    }

    /** What happens at a point. */
    public enum Act {
        /** An exception nobody expects. */
        FAIL("throw new java.lang.IllegalStateException(\"on purpose\")"),
        /** The process is gone, at once, as after {@code kill -9}. */
        DIE("killJVM()");

        private final String code;

        Act(String code) {
            this.code = code;
        }
    }

    /**
     * A point in the code.
     *
     * @param type name of the class
     * @param method its name
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

    /** The point shall do that when it is reached for the n-th time from now on, once. */
    public void lieInWait(Point point, int times, Act act) {
        // Counters outlive their rules.
        var counter = point + " #" + ++orders;
        var rule = String.join(
                "\n",
                "RULE " + point,
                "CLASS " + point.type(),
                "METHOD " + point.method(),
                "AT " + point.where(),
                "IF incrementCounter(\"" + counter + "\") == " + times,
                "DO java.lang.System.setProperty(\"" + REACHED + "\", \"" + point + "\"); " + act.code,
                "ENDRULE");
        tell(() -> submit.addScripts(List.of(new ScriptText("sabotage", rule))));
    }

    /** Takes all back; whether it had come to anything. */
    public boolean giveUp() {
        var cleared = new Properties();
        cleared.setProperty(REACHED, "");
        var wasReached = tell(submit::listSystemProperties).containsKey(REACHED);
        tell(submit::deleteAllRules);
        tell(() -> submit.setSystemProperties(cleared));
        return wasReached;
    }

    private static <T> T tell(Callable<T> order) {
        try {
            return order.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }
}

package io.tenantry.server;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The command line of a server: its JVM and that JVM's options, then the server and its arguments. */
final class ServerCommand {
    /** The option that names the base folder, by which a running server is recognized. */
    static final String OWNER = "-Dtenantry.server=";

    /** From this JDK on, each start would print a warning about WildFly's own use of Unsafe. */
    private static final int UNSAFE_WARNS_FROM = 24;

    /** The JDK packages that WildFly's own start scripts export and open. */
    private static final List<String> JDK_DOORS = List.of(
            "--add-exports=java.desktop/sun.awt=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldap=ALL-UNNAMED",
            "--add-exports=java.naming/com.sun.jndi.url.ldaps=ALL-UNNAMED",
            "--add-exports=jdk.naming.dns/com.sun.jndi.dns=ALL-UNNAMED",
            "--add-opens=java.base/java.lang=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.invoke=ALL-UNNAMED",
            "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
            "--add-opens=java.base/java.io=ALL-UNNAMED",
            "--add-opens=java.base/java.net=ALL-UNNAMED",
            "--add-opens=java.base/java.security=ALL-UNNAMED",
            "--add-opens=java.base/java.util=ALL-UNNAMED",
            "--add-opens=java.base/java.util.concurrent=ALL-UNNAMED",
            "--add-opens=java.management/javax.management=ALL-UNNAMED",
            "--add-opens=java.naming/javax.naming=ALL-UNNAMED");

    private ServerCommand() {}

    /** Returns the command line, word by word. */
    static List<String> of(Server.Builder config, Path configuration, int httpPort, int managementPort) {
        var line = new ArrayList<String>();
        line.add(java().toString());
        line.add("-D[Standalone]");
        // Early in the line: the operating system shows only some thousand characters of a long one.
        line.add(OWNER + config.base);
        line.add("-Xms128m");
        line.add("-Xmx" + config.heap);
        line.add("-XX:MetaspaceSize=192m");
        // A server without memory answers some requests and loses others: it must end, and be started again.
        line.add("-XX:+ExitOnOutOfMemoryError");
        line.add("-Djava.net.preferIPv4Stack=true");
        line.add("-Djava.awt.headless=true");
        line.add("-Djboss.modules.system.pkgs=org.jboss.byteman");
        line.add("-Duser.timezone=UTC");
        line.addAll(JDK_DOORS);
        if (Runtime.version().feature() >= UNSAFE_WARNS_FROM) {
            line.add("--sun-misc-unsafe-memory-access=allow");
        }
        // Before the server's own arguments: they apply from its first log line.
        config.properties.forEach((name, value) -> line.add("-D" + name + "=" + value));
        line.addAll(JvmOptions.split(System.getProperty(Server.OPTIONS, "")));
        line.addAll(classArchive());
        line.addAll(config.jvmOptions);
        addServer(line, config, configuration, httpPort, managementPort);
        return line;
    }

    private static void addServer(
            List<String> line, Server.Builder config, Path configuration, int httpPort, int managementPort) {
        line.add("-Dorg.jboss.boot.log.file=" + config.base.resolve("log/server.log"));
        line.add("-Dlogging.configuration="
                + configuration.resolve("logging.properties").toUri());
        line.add("-jar");
        line.add(config.home.resolve("jboss-modules.jar").toString());
        line.add("-mp");
        line.add(config.home.resolve("modules").toString());
        line.add("org.jboss.as.standalone");
        line.add("-Djboss.home.dir=" + config.home);
        line.add("-Djboss.server.base.dir=" + config.base);
        line.add("--server-config=" + ServerAssembly.CONFIGURATION);
        line.add("-Djboss.http.port=" + httpPort);
        line.add("-Djboss.https.port=" + Ports.free());
        line.add("-Djboss.management.http.port=" + managementPort);
        // A first start migrates every tenant and may create months of demo history; the default of five minutes is for
        // small deployments.
        line.add("-Djboss.as.management.blocking.timeout=3600");
    }

    private static List<String> classArchive() {
        var file = System.getProperty(Server.CLASSES, "");
        return file.isBlank()
                ? List.of()
                : List.of("-XX:SharedArchiveFile=" + file, "-Xlog:cds=off", "-Xlog:cds+dynamic=off");
    }

    private static Path java() {
        return Path.of(System.getProperty("java.home"), "bin", "java");
    }
}

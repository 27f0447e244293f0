package io.tenantry.people;

import io.tenantry.isolation.RawConnection;
import io.tenantry.server.Ports;
import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509TrustManager;

/**
 * A proxy with one of the configurations in docs/proxies. Only ports, addresses, names and certificates are replaced, and the connection limit
 * per address, which tests exceed on a large machine.
 */
final class FrontProxy implements AutoCloseable {
    private static final Path SHIPPED = Path.of("..", "docs", "proxies");
    private static final String PASSWORD = "certificate";
    private static final int STARTED_AFTER_SECONDS = 30;

    private final Path folder;
    private final String host;
    private final int port = Ports.free();
    private final int plainPort = Ports.free();
    private final Process process;

    /**
     * Starts the proxy.
     *
     * @param folder for its own files
     * @param file in docs/proxies
     * @param host requested by clients
     * @param node port of the server behind it
     * @param connections limit per address
     */
    FrontProxy(Path folder, String file, String host, int node, int connections)
            throws IOException, GeneralSecurityException {
        this.folder = folder;
        this.host = host;
        var shipped = Files.readString(SHIPPED.resolve(file));
        var line = new ArrayList<>(List.of(program(file).orElseThrow().toString()));
        switch (programOf(file)) {
            case "nginx" -> {
                certify();
                var site = write(
                        "site.conf",
                        shipped.replaceAll("(127\\.0\\.0\\.1|10\\.0\\.0\\.1[12]):8080", "127.0.0.1:" + node)
                                .replace("/etc/ssl/tenantry", folder + "/tenantry")
                                .replace("tenantry_connections 100;", "tenantry_connections " + connections + ";")
                                .replace("listen 443", "listen 127.0.0.1:" + port)
                                .replace("listen 80", "listen 127.0.0.1:" + plainPort));
                var main = write(
                        "nginx.conf",
                        "daemon off; pid " + folder
                                + "/nginx.pid; error_log stderr;\nevents {}\nhttp { access_log off; include " + site
                                + "; }\n");
                line.addAll(List.of("-p", folder.toString(), "-c", main.toString()));
            }
            case "haproxy" -> {
                certify();
                var configuration = write(
                        "haproxy.cfg",
                        shipped.replaceAll("10\\.0\\.0\\.1[12]:8080", "127.0.0.1:" + node)
                                .replace("/etc/ssl/tenantry.pem", folder + "/both.pem")
                                .replace("sc0_conn_cur gt 100", "sc0_conn_cur gt " + connections)
                                .replace("bind :443", "bind 127.0.0.1:" + port)
                                .replace("bind :80", "bind 127.0.0.1:" + plainPort));
                line.addAll(List.of("-db", "-f", configuration.toString()));
            }
            default -> {
                // For names below "localhost" it creates certificates itself.
                var configuration = write(
                        "Caddyfile",
                        shipped.replaceFirst(
                                        "(?m)^\\{$",
                                        "{\n\tadmin off\n\tauto_https disable_redirects\n\tskip_install_trust\n\thttps_port "
                                                + port + "\n\thttp_port " + plainPort)
                                .replace(
                                        "http://admin.example.com, http://cloud.reseller.example",
                                        "http://" + host + ":" + plainPort)
                                .replace("admin.example.com, cloud.reseller.example", "https://" + host + ":" + port)
                                .replace("127.0.0.1:8080", "127.0.0.1:" + node)
                                .replace("request_buffers 4MB", buffering(line.get(0))));
                line.addAll(List.of("run", "--adapter", "caddyfile", "--config", configuration.toString()));
            }
        }
        var builder = new ProcessBuilder(line)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("output").toFile());
        builder.environment()
                .putAll(Map.of(
                        "HOME",
                        folder.toString(),
                        "XDG_DATA_HOME",
                        folder.toString(),
                        "XDG_CONFIG_HOME",
                        folder.toString()));
        process = builder.start();
        awaitStarted();
    }

    /** Applies the shipped file's hint for older versions, one of which is in Debian. */
    private static String buffering(String caddy) throws IOException {
        var asked = new ProcessBuilder(caddy, "version").start();
        var version = new String(asked.getInputStream().readAllBytes(), StandardCharsets.US_ASCII);
        return version.matches("(?s)v?2\\.([0-5]\\.|6\\.[0-3]\\b).*")
                ? "buffer_requests\n\t\tmax_buffer_size 4MB"
                : "request_buffers 4MB";
    }

    /** Returns the program that reads a file; empty if it is not installed. */
    static Optional<Path> program(String file) {
        return Stream.concat(
                        Stream.of(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator)),
                        Stream.of("/usr/sbin", "/usr/local/sbin"))
                .map(directory -> Path.of(directory, programOf(file)))
                .filter(Files::isExecutable)
                .findFirst();
    }

    private static String programOf(String file) {
        if (file.startsWith("nginx")) {
            return "nginx";
        }
        return file.equals("Caddyfile") ? "caddy" : "haproxy";
    }

    int port() {
        return port;
    }

    /** Connects to its port without TLS. */
    RawConnection plainWire() {
        return new RawConnection(plainPort);
    }

    /** Connects to its port with TLS and HTTP/1.1. */
    RawConnection wire() {
        return new RawConnection(this::dial);
    }

    /** Opens a TLS connection. */
    Socket dial() throws IOException {
        var plain = new Socket(InetAddress.getLoopbackAddress(), port);
        try {
            var context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {new Trusting()}, new SecureRandom());
            var secure = (SSLSocket) context.getSocketFactory().createSocket(plain, host, port, true);
            secure.startHandshake();
            return secure;
        } catch (GeneralSecurityException | IOException failure) {
            plain.close();
            throw new IOException(failure);
        }
    }

    private void awaitStarted() throws IOException {
        var deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(STARTED_AFTER_SECONDS);
        while (true) {
            try {
                dial().close();
                return;
            } catch (IOException notYet) {
                if (!process.isAlive() || System.nanoTime() > deadline) {
                    process.destroy();
                    throw new IOException(
                            "the proxy did not start: " + Files.readString(folder.resolve("output")), notYet);
                }
                LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
            }
        }
    }

    /** Creates a self-signed certificate. */
    private void certify() throws IOException, GeneralSecurityException {
        var store = folder.resolve("store.p12");
        var made = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "proxy",
                        "-keyalg",
                        "EC",
                        "-dname",
                        "CN=" + host,
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("keytool").toFile())
                .start();
        made.onExit().join();
        var keys = KeyStore.getInstance(store.toFile(), PASSWORD.toCharArray());
        var certificate = pem("CERTIFICATE", keys.getCertificate("proxy").getEncoded());
        var key =
                pem("PRIVATE KEY", keys.getKey("proxy", PASSWORD.toCharArray()).getEncoded());
        write("tenantry.pem", certificate);
        write("tenantry.key", key);
        write("both.pem", certificate + key);
    }

    private static String pem(String kind, byte[] content) {
        return "-----BEGIN " + kind + "-----\n"
                + Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII))
                        .encodeToString(content)
                + "\n-----END " + kind + "-----\n";
    }

    private Path write(String name, String text) throws IOException {
        return Files.writeString(folder.resolve(name), text);
    }

    @Override
    public void close() {
        process.destroy();
        process.onExit().orTimeout(STARTED_AFTER_SECONDS, TimeUnit.SECONDS).join();
    }

    private static final class Trusting implements X509TrustManager {
        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type) {
            // There are no trusted issuers.
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type) {
            // The certificate is the one created above, or the proxy's own.
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }
}

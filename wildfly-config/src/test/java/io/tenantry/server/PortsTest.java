package io.tenantry.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.FileInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

class PortsTest {
    private static final int MANY = 300;

    @Test
    void aFreePortCanBeListenedOn() throws IOException {
        for (var time = 0; time < MANY; time++) {
            try (var socket = new ServerSocket(Ports.free(), 1, InetAddress.getLoopbackAddress())) {
                assertThat(socket.isBound()).isTrue();
            }
        }
    }

    /** Otherwise any connection could take it first, and one to it could connect to itself. */
    @Test
    @EnabledOnOs(OS.LINUX)
    void freePortIsBelowEphemeralRange() throws IOException {
        var first = firstOfOutgoing();
        assumeThat(first).as("Linux as it is delivered").isEqualTo(32_768);
        for (var time = 0; time < MANY; time++) {
            assertThat(Ports.free()).isLessThan(first);
        }
    }

    @Test
    void nobodyListensOnAFreePort() {
        for (var time = 0; time < MANY; time++) {
            var port = Ports.free();
            assertThatThrownBy(() -> new Socket(InetAddress.getLoopbackAddress(), port).close())
                    .isInstanceOf(IOException.class);
        }
    }

    @Test
    void reportsPortInUseWithOptionToChangeIt() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThatThrownBy(() -> Ports.requireFree(taken.getLocalPort(), "the web", "-Dhttp.port=..."))
                    .isInstanceOf(StartupException.class)
                    .hasMessageContaining("-Dhttp.port=...");
        }
    }

    /** Read at once: the kernel returns the value on the first read only. */
    private static int firstOfOutgoing() throws IOException {
        var text = new byte[64];
        try (var file = new FileInputStream("/proc/sys/net/ipv4/ip_local_port_range")) {
            var length = file.read(text);
            return Integer.parseInt(new String(text, 0, length, StandardCharsets.US_ASCII).split("\\s+", -1)[0]);
        }
    }
}

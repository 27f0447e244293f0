package io.tenantry.admin.platform;

import static org.assertj.core.api.Assertions.assertThat;

import io.tenantry.config.Settings;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.xbill.DNS.DClass;
import org.xbill.DNS.Flags;
import org.xbill.DNS.Message;
import org.xbill.DNS.Rcode;
import org.xbill.DNS.Section;
import org.xbill.DNS.TXTRecord;

/** The DNS record of a claimed host, looked up on a DNS server on this machine. */
class HostProofTest {
    private static final HostClaim CLAIM =
            new HostClaim("shop.reseller.example", "a-token", Instant.EPOCH, Optional.empty());
    private static final int DATAGRAM_MAX = 4_096;

    private final DatagramSocket socket = open();
    private volatile int code = Rcode.NOERROR;
    private volatile List<List<String>> texts = List.of();
    private volatile boolean isSilent;

    @BeforeEach
    void serve() {
        var thread = new Thread(this::answerAll, "dns");
        thread.setDaemon(true);
        thread.start();
    }

    @AfterEach
    void close() {
        socket.close();
    }

    @Test
    void provesAHostByTheRecordOfItsClaim() {
        texts = List.of(List.of("v=spf1 -all"), List.of("tenantry-verification=", "a-token"));
        assertThat(resolve())
                .hasValueSatisfying(
                        txtRecords -> assertThat(txtRecords.proves(CLAIM)).isTrue());
    }

    @Test
    void provesNothingByAnotherTokenOrWithoutARecord() {
        texts = List.of(List.of("tenantry-verification=b-token"), List.of("tenantry-verification=a-token2"));
        assertThat(resolve())
                .hasValueSatisfying(
                        txtRecords -> assertThat(txtRecords.proves(CLAIM)).isFalse());
        texts = List.of();
        assertThat(resolve()).contains(new HostProof.TxtRecords(List.of()));
        code = Rcode.NXDOMAIN;
        assertThat(resolve()).contains(new HostProof.TxtRecords(List.of()));
    }

    @Test
    void isInconclusiveIfTheServerFailsOrTimesOut() {
        code = Rcode.SERVFAIL;
        assertThat(resolve()).isEmpty();
        isSilent = true;
        assertThat(resolve()).isEmpty();
    }

    private Optional<HostProof.TxtRecords> resolve() {
        var environment = Map.of("TENANTRY_DNS_SERVER", "127.0.0.1:" + socket.getLocalPort());
        return new HostProof(new Settings(name -> null, environment::get)).resolve(CLAIM);
    }

    private void answerAll() {
        var packet = new DatagramPacket(new byte[DATAGRAM_MAX], DATAGRAM_MAX);
        try {
            while (!socket.isClosed()) {
                packet.setLength(DATAGRAM_MAX);
                socket.receive(packet);
                if (!isSilent) {
                    var answer = answer(new Message(Arrays.copyOf(packet.getData(), packet.getLength())));
                    socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
                }
            }
        } catch (IOException closed) {
            assertThat(socket.isClosed()).isTrue();
        }
    }

    private byte[] answer(Message query) {
        var question = query.getQuestion();
        var answer = new Message(query.getHeader().getID());
        answer.getHeader().setFlag(Flags.QR);
        answer.getHeader().setRcode(code);
        answer.addRecord(question, Section.QUESTION);
        if (code == Rcode.NOERROR && question.getName().toString().equals(CLAIM.recordName() + ".")) {
            for (var text : texts) {
                answer.addRecord(new TXTRecord(question.getName(), DClass.IN, 60, text), Section.ANSWER);
            }
        }
        return answer.toWire();
    }

    private static DatagramSocket open() {
        try {
            return new DatagramSocket(0, InetAddress.getLoopbackAddress());
        } catch (IOException failure) {
            throw new IllegalStateException(failure);
        }
    }
}

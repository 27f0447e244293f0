package io.tenantry.kernel.http;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.random.RandomGeneratorFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressPolicyTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "8.8.8.8",
                "1.1.1.1",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "192.167.255.255",
                "192.169.0.0",
                "169.253.255.255",
                "169.255.0.0",
                "198.17.255.255",
                "198.20.0.0",
                "223.255.255.255",
                "168.63.129.15",
                "168.63.129.17",
                "3ffe::1",
                "3fff:1000::1",
                "2a01:4f8::1",
                "2606:4700:4700::1111",
                "64:ff9b::808:808",
                "2002:808:808::1"
            })
    void allowsPublicAddresses(String address) throws UnknownHostException {
        assertThat(AddressPolicy.PUBLIC.allows(InetAddress.getByName(address))).isTrue();
        assertThat(AddressPolicy.PRIVATE.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.255.255.255",
                "172.16.0.1",
                "172.31.255.255",
                "192.168.0.1",
                "192.168.255.255",
                "fc00::1",
                "fd12:3456:789a::1",
                "::ffff:10.0.0.1",
                "::ffff:192.168.1.1",
                "64:ff9b::a00:1",
                "2002:a00:1::1",
                "2002:c0a8:101::"
            })
    void allowsPrivateAddressesOnlyIfConfigured(String address) throws UnknownHostException {
        assertThat(AddressPolicy.PUBLIC.allows(InetAddress.getByName(address))).isFalse();
        assertThat(AddressPolicy.PRIVATE.allows(InetAddress.getByName(address))).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "127.0.0.1",
                "127.1",
                "127.255.255.254",
                "2130706433",
                "0.0.0.0",
                "0.1.2.3",
                "169.254.169.254",
                "168.63.129.16",
                "::ffff:168.63.129.16",
                "64:ff9b::a83f:8110",
                "3fff::1",
                "3fff:fff::1",
                "169.254.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "198.18.0.1",
                "198.51.100.1",
                "203.0.113.1",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::ffff:127.0.0.1",
                "::ffff:169.254.169.254",
                "::ffff:0:0",
                "64:ff9b::7f00:1",
                "64:ff9b::a9fe:a9fe",
                "2002:7f00:1::1",
                "2002:a9fe:a9fe::1",
                "2001:0:53aa:64c:0:0:80ff:fffe",
                "fe80::1",
                "febf::1",
                "fec0::1",
                "ff02::1",
                "ff05::2",
                "100::1",
                "2001:db8::1",
                "fd00:ec2::254",
                "fd20:ce::254",
                "4000::1",
                "64:ff9b:1::1"
            })
    void refusesLoopbackAndReservedAddresses(String address) throws UnknownHostException {
        for (var policy : new AddressPolicy[] {AddressPolicy.PUBLIC, AddressPolicy.PRIVATE}) {
            assertThat(policy.allows(InetAddress.getByName(address)))
                    .as("%s %s", policy, address)
                    .isFalse();
        }
        assertThat(AddressPolicy.ANY.allows(InetAddress.getByName(address))).isTrue();
    }

    /** Each IPv4 address is judged the same in all forms in which IPv6 can contain it. */
    @Test
    void treatsEmbeddedAddressesLikeTheOriginal() throws UnknownHostException {
        var random = RandomGeneratorFactory.of("L64X128MixRandom").create(39);
        for (var i = 0; i < 100_000; i++) {
            var four = new byte[4];
            random.nextBytes(four);
            if (i % 3 == 0) {
                four[0] = new byte[] {10, 127, (byte) 169, (byte) 172, (byte) 192, 100}[i % 6];
            }
            var bare = InetAddress.getByAddress(four);
            for (var policy : AddressPolicy.values()) {
                var judged = policy.allows(bare);
                assertThat(policy.allows(wrapped(four, 12, 0, 0x64, 0xff, 0x9b)))
                        .as("%s in NAT64", bare)
                        .isEqualTo(judged);
                assertThat(policy.allows(wrapped(four, 2, 0x20, 0x02)))
                        .as("%s in 6to4", bare)
                        .isEqualTo(judged);
            }
        }
    }

    private static InetAddress wrapped(byte[] four, int at, int... first) throws UnknownHostException {
        var bytes = new byte[16];
        for (var i = 0; i < first.length; i++) {
            bytes[i] = (byte) first[i];
        }
        System.arraycopy(four, 0, bytes, at, four.length);
        return InetAddress.getByAddress(bytes);
    }
}

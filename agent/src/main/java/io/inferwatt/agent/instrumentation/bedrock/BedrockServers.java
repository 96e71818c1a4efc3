package io.inferwatt.agent.instrumentation.bedrock;

import io.inferwatt.agent.instrumentation.KnownServers;
import io.inferwatt.agent.instrumentation.RemoteServer;
import java.net.URI;
import software.amazon.awssdk.awscore.AwsClient;
import software.amazon.awssdk.awscore.AwsServiceClientConfiguration;
import software.amazon.awssdk.regions.Region;
import software.amazon.awssdk.services.bedrockruntime.BedrockRuntimeClient;

/**
 * Where clients send their requests, read once each. The provider is Bedrock also behind another address, since that is nearly
 * always a private way to it: nobody else speaks its protocol with its signatures.
 */
final class BedrockServers {

    private static final String PROVIDER = "aws.bedrock";
    private static final RemoteServer UNKNOWN = new RemoteServer(PROVIDER, "", "");
    private static final KnownServers<AwsClient> SERVERS = new KnownServers<>();

    private BedrockServers() {}

    static RemoteServer of(AwsClient client) {
        return SERVERS.of(client, BedrockServers::read);
    }

    private static RemoteServer read(AwsClient client) {
        try {
            AwsServiceClientConfiguration configuration = client.serviceClientConfiguration();
            Region region = configuration.region();
            URI endpoint = configuration.endpointOverride().orElse(null);
            if (endpoint == null && region != null) {
                endpoint = BedrockRuntimeClient.serviceMetadata().endpointFor(region);
            }
            return RemoteServer.of(
                    PROVIDER, endpoint == null ? null : endpoint.toString(), region == null ? "" : region.id());
        } catch (RuntimeException | LinkageError notTold) {
            return UNKNOWN;
        }
    }
}

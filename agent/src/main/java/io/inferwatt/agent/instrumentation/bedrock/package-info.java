/**
 * Amazon Bedrock through the AWS SDK for Java, {@code software.amazon.awssdk:bedrockruntime}. The generated clients are woven;
 * handlers of event streams are wrapped on their way into the SDK, where only the SDK sees them.
 */
@NullMarked
package io.inferwatt.agent.instrumentation.bedrock;

import org.jspecify.annotations.NullMarked;

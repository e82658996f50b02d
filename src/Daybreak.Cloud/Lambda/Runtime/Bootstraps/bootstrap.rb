# Runs a Ruby handler against the Lambda Runtime API: one kept connection, no HTTP library, the next event asked for in the same packet
# that carries a result.

require 'json'
require 'logger'
require 'socket'
require 'stringio'

$stdout.sync = $stderr.sync = true

# What the handler is told of its invocation.
class LambdaContext
  attr_reader :aws_request_id, :invoked_function_arn, :log_group_name, :log_stream_name, :function_name, :memory_limit_in_mb,
              :function_version, :identity, :tenant_id, :client_context, :deadline_ms

  def initialize(headers)
    @aws_request_id = headers['lambda-runtime-aws-request-id']
    @invoked_function_arn = headers['lambda-runtime-invoked-function-arn']
    @deadline_ms = headers['lambda-runtime-deadline-ms'].to_i
    @client_context = parsed(headers['lambda-runtime-client-context'])
    @identity = parsed(headers['lambda-runtime-cognito-identity'])
    @log_group_name = ENV['AWS_LAMBDA_LOG_GROUP_NAME']
    @log_stream_name = ENV['AWS_LAMBDA_LOG_STREAM_NAME']
    @function_name = ENV['AWS_LAMBDA_FUNCTION_NAME']
    @function_version = ENV['AWS_LAMBDA_FUNCTION_VERSION']
    @memory_limit_in_mb = ENV['AWS_LAMBDA_FUNCTION_MEMORY_SIZE']
  end

  def get_remaining_time_in_millis
    [@deadline_ms - Process.clock_gettime(Process::CLOCK_REALTIME, :millisecond), 0].max
  end

  private

  def parsed(text)
    JSON.parse(text) unless text.to_s.empty?
  end
end

module Daybreak
  # One log event, whatever its lines: AWS's frame, which the other end of the pipe knows.
  class LogFrames < Logger::LogDevice
    def initialize
      @lock = Mutex.new
    end

    def write(message)
      bytes = message.b
      head = [0xa55a0003, bytes.bytesize, Process.clock_gettime(Process::CLOCK_REALTIME, :microsecond)].pack('L>L>Q>')
      @lock.synchronize { STDOUT.write(head + bytes) }
    end

    def reopen(_log = nil) = self

    def close; end
  end

  LOG = LogFrames.new

  # Lines of the standard library's logger have the request id, as those of AWS have.
  class LogFormat < Logger::Formatter
    def call(severity, time, program, message)
      format("%s, [%s #%d] %5s %s -- %s: %s\n", severity[0], format_datetime(time), $$, severity, Daybreak.request_id, program,
             msg2str(message))
    end
  end

  # Loggers of the standard output write frames; those of a file are left alone.
  module LoggerToFrames
    def initialize(device, *rest, formatter: nil, **options)
      return super unless device.nil? || device == $stdout || device == $stderr

      super(LOG, *rest, formatter: formatter || LogFormat.new, **options)
    end
  end
  Logger.prepend(LoggerToFrames)

  # What is reported of an error.
  class Failure
    TOLD = %w[ArgumentError NoMethodError Exception StandardError NameError LoadError SystemExit SystemStackError].freeze

    attr_reader :payload

    def initialize(error, part)
      frames = (error.backtrace_locations || []).map(&:to_s)
      own = frames.index { |frame| frame.start_with?(__FILE__) }
      type = "#{part}<#{error.class}>"
      @payload = { errorMessage: error.message, errorType: type, stackTrace: frames.first([own || frames.size, 100].min) }
      @header = TOLD.include?(error.class.to_s) ? type : 'Function<UserException>'
    end

    def log(title)
      LOG.write("#{title}\n")
      LOG.write("#{JSON.pretty_generate(@payload)}\n")
    end

    def headers
      "Lambda-Runtime-Function-Error-Type: #{@header}\r\n"
    end
  end

  # The handler of a function: FILE.METHOD or FILE.CLASS.METHOD.
  class Handler
    def initialize(name)
      case name.split('.')
      in [file, method] then @file, @method = file, method
      in [file, owner, method] then @file, @owner, @method = file, owner, method
      in parts
        raise ArgumentError, "Invalid handler #{parts}, must be of form FILENAME.METHOD or FILENAME.CLASS.METHOD where FILENAME " \
                             'corresponds with an existing Ruby source file FILENAME.rb, CLASS is an optional module/class namespace ' \
                             'and METHOD is a callable method. If using CLASS, METHOD must be a class-level method.'
      end
    end

    def load
      require @file
      self
    end

    # The body and the type of its content.
    def call(event, context)
      receiver = @owner ? Kernel.const_get(@owner) : self
      result = receiver.__send__(@method, event: event, context: context)
      result.is_a?(StringIO) || result.is_a?(IO) ? [result.read, 'application/unknown'] : [result.to_json, 'application/json']
    end
  end

  # The Runtime API on one kept connection.
  class Api
    def initialize(address)
      host, port = address.split(':')
      @socket = TCPSocket.new(host, port.to_i)
      @socket.setsockopt(Socket::IPPROTO_TCP, Socket::TCP_NODELAY, 1)
      @head = "Host: #{address}\r\n"
      @next = "GET /2018-06-01/runtime/invocation/next HTTP/1.1\r\n#{@head}\r\n"
    end

    def request_next
      @socket.write(@next)
    end

    def post(path, body, headers = '', then_next: true, type: 'application/json')
      bytes = body.to_s.b
      request = "POST /2018-06-01/runtime/#{path} HTTP/1.1\r\n#{@head}Content-Type: #{type}\r\nContent-Length: #{bytes.bytesize}\r\n" \
                "#{headers}\r\n".b
      @socket.write(then_next ? request << bytes << @next : request << bytes)
    end

    # Headers, their names in lower case, and the body of the next reply.
    def read
      line = @socket.gets("\r\n") or exit!(0)
      headers = {}
      while (line = @socket.gets("\r\n", chomp: true)) && !line.empty?
        name, value = line.force_encoding('UTF-8').split(': ', 2)
        headers[name.downcase] = value
      end
      exit!(0) if line.nil?
      [headers, @socket.read(headers['content-length'].to_i).force_encoding('UTF-8')]
    end
  end

  class << self
    attr_reader :request_id

    def run
      api = Api.new(ENV.fetch('AWS_LAMBDA_RUNTIME_API'))
      name = ENV.fetch('_HANDLER')
      $LOAD_PATH.unshift(ENV.fetch('LAMBDA_TASK_ROOT'))
      begin
        handler = Handler.new(name).load
      rescue Exception => error # also what is no StandardError, as LoadError and SyntaxError
        failure = Failure.new(error, 'Init')
        failure.log("Init error when loading handler #{name}")
        api.post('init/error', failure.payload.to_json, failure.headers, then_next: false)
        api.read
        exit(-4)
      end
      api.request_next
      serve(api, handler, *api.read) while true
    end

    private

    def serve(api, handler, headers, body)
      return if (@request_id = headers['lambda-runtime-aws-request-id']).nil? # the reply to what was posted

      ENV['_X_AMZN_TRACE_ID'] = headers['lambda-runtime-trace-id']
      event, context = JSON.parse(body), LambdaContext.new(headers)
      path = "invocation/#{@request_id}"
      begin
        result, type = handler.call(event, context)
      rescue NameError => error # with NoMethodError
        fail_for_good(api, path, error)
      rescue StandardError => error
        failure = Failure.new(error, 'Function')
        failure.log('Error raised from handler method')
        api.post("#{path}/error", failure.payload.to_json, failure.headers)
      rescue Exception => error
        fail_for_good(api, path, error)
      else
        api.post("#{path}/response", result, type: type)
      end
    end

    # After these errors AWS's runtime ends its process.
    def fail_for_good(api, path, error)
      failure = Failure.new(error, 'Function')
      failure.log('Critical exception from handler')
      api.post("#{path}/error", failure.payload.to_json, failure.headers, then_next: false)
      api.read
      exit(-1)
    end
  end
end

# Only puts without a receiver, as on AWS: its lines stay together in one event.
module Kernel
  def puts(*values)
    text = values.flatten.map { |value| value.to_s.encode('UTF-8') }.join("\n")
    Daybreak::LOG.write(text.end_with?("\n") ? text : "#{text}\n")
    nil
  end
  private :puts
end

Daybreak.run

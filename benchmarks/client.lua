-- SPDX-License-Identifier: AGPL-3.0-or-later
-- What wrk asks and how it reports: client.lua SALT PATH…
-- With a SALT every request has an address of its own, so that no cache can know the answer.

local threads = 0

function setup(thread)
   threads = threads + 1
   thread:set("number", threads)
end

function init(args)
   salt, paths, count = args[1], {}, 0
   for i = 2, #args do
      paths[i - 1] = args[i]
   end
end

function request()
   count = count + 1
   local path = paths[count % #paths + 1]
   if salt ~= "-" then
      path = path .. (path:find("?", 1, true) and "&" or "?") .. salt .. "-" .. number .. "-" .. count
   end
   return wrk.format("GET", path)
end

function done(summary, latency)
   local errors = summary.errors
   io.write(string.format(
      '{"requests":%d,"microseconds":%d,"bytes":%d,"median":%d,"p99":%d,"refused":%d,"broken":%d}\n',
      summary.requests, summary.duration, summary.bytes, latency:percentile(50), latency:percentile(99),
      errors.status, errors.connect + errors.read + errors.write + errors.timeout))
end
